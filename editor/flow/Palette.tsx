import { TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { folded } from "../../flows/language/folded.ts";
import { nodeGroups, type NodeDefinition } from "../../flows/nodes/define-node.ts";
import { nodeList } from "../../flows/nodes/index.ts";
import { dragType } from "../canvas/FlowCanvas.tsx";
import { nodeIcon } from "../canvas/node-icons.ts";
import { useWords } from "../i18n/index.ts";
import { IconSearch } from "../ui/icons.ts";
import classes from "./flow.module.css";

export function typesFor(kind: string, search: string, inPart = false): NodeDefinition<unknown>[] {
  const wanted = folded(search.trim());
  return nodeList.filter(
    (definition) =>
      (definition.kinds.includes(kind as never) || (inPart && definition.type === "finish")) &&
      !(inPart && (definition.root || definition.type === "start")) &&
      [definition.title.ru, definition.title.en, definition.type].some((text) => folded(text).includes(wanted)),
  );
}

/** The rail of node types: drag one onto the canvas, or Enter to insert it behind the selection. */
export function Palette({
  kind,
  inPart,
  onInsert,
  searchRef,
}: {
  kind: string;
  inPart: boolean;
  onInsert(type: string): void;
  searchRef: React.RefObject<HTMLInputElement | null>;
}) {
  const { t } = useWords();
  const [search, setSearch] = useState("");
  const found = typesFor(kind, search, inPart);
  return (
    <aside className={classes.palette} aria-label={t("palette.title")}>
      <TextInput
        ref={searchRef}
        m={8}
        leftSection={<IconSearch size={14} />}
        rightSection={<kbd>/</kbd>}
        placeholder={t("palette.search")}
        aria-label={t("palette.search")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && found[0]) onInsert(found[0].type);
          if (event.key === "Escape") {
            setSearch("");
            event.currentTarget.blur();
          }
        }}
      />
      <div className={classes.paletteList}>
        {nodeGroups.map((group) => {
          const types = found.filter((definition) => definition.group === group);
          if (types.length === 0) return null;
          return (
            <section key={group}>
              <h3 className={classes.paletteGroup}>{t(`group.${group}`)}</h3>
              {types.map((definition) => (
                <PaletteItem key={definition.type} definition={definition} onInsert={onInsert} />
              ))}
            </section>
          );
        })}
        {found.length === 0 && <p className={classes.dim}>{t("common.nothingFound")}</p>}
      </div>
    </aside>
  );
}

export function PaletteItem({ definition, onInsert }: { definition: NodeDefinition<unknown>; onInsert(type: string): void }) {
  const { say } = useWords();
  const Icon = nodeIcon(definition.icon);
  return (
    <UnstyledButton
      className={classes.paletteItem}
      draggable
      data-type={definition.type}
      style={{ "--hue": `var(--group-${definition.group})` } as React.CSSProperties}
      onDragStart={(event) => event.dataTransfer.setData(dragType, definition.type)}
      onClick={() => onInsert(definition.type)}
    >
      <Icon size={15} />
      <span>{say(definition.title)}</span>
    </UnstyledButton>
  );
}

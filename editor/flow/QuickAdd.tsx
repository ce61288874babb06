import { TextInput } from "@mantine/core";
import { useClickOutside } from "@mantine/hooks";
import { useState } from "react";
import classes from "../canvas/canvas.module.css";
import { useWords } from "../i18n/index.ts";
import { PaletteItem, typesFor } from "./Palette.tsx";
import type { QuickPlace } from "./use-canvas-edits.ts";

/** A small palette at the pointer: for inserting on an edge, or at the end of one let go. */
export function QuickAdd({ kind, place, onPick, onClose }: { kind: string; place: QuickPlace; onPick(type: string): void; onClose(): void }) {
  const { t } = useWords();
  const [search, setSearch] = useState("");
  const box = useClickOutside<HTMLDivElement>(onClose);
  const found = typesFor(kind, search).filter((definition) => definition.type !== "start" && definition.type !== "on-hangup");
  const left = Math.min(place.x, innerWidth - 280);
  const top = Math.min(place.y, innerHeight - 340);
  return (
    <div ref={box} className={classes.quickAdd} style={{ left, top }} role="dialog" aria-label={t("palette.title")}>
      <TextInput
        autoFocus
        value={search}
        placeholder={t("palette.search")}
        aria-label={t("palette.search")}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" && found[0]) onPick(found[0].type);
          if (event.key === "Escape") onClose();
        }}
      />
      <div className={classes.quickList}>
        {found.map((definition) => (
          <PaletteItem key={definition.type} definition={definition} onInsert={onPick} />
        ))}
      </div>
    </div>
  );
}

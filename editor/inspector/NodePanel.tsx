import { Group, Menu, NumberInput, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { nodeTypes } from "../../flows/nodes/index.ts";
import { limits } from "../../flows/schema/limits.ts";
import { idPattern } from "../../flows/schema/ids.ts";
import { nodeIcon } from "../canvas/node-icons.ts";
import { renameNode } from "../document/edits/rename-node.ts";
import { setFlowSettings } from "../document/edits/set-flow-settings.ts";
import { setTitle } from "../document/edits/set-title.ts";
import { removeNodes } from "../document/edits/remove-nodes.ts";
import { pathIn } from "../document/part-view.ts";
import { promptsElsewhere, promptsOf, titleOf } from "../document/node-facts.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconDots, IconHelp, IconTrash } from "../ui/icons.ts";
import { ownText, relabelled } from "../ui/own-text.ts";
import { DraftInput } from "./fields/DraftInput.tsx";
import { ErrorText } from "./fields/FieldFrame.tsx";
import classes from "./inspector.module.css";
import { InnerGraphs } from "./InnerGraphs.tsx";
import { NodeForm } from "./NodeForm.tsx";
import { NodeHelp } from "./NodeHelp.tsx";
import { ReportMark } from "./ReportMark.tsx";

/** The inspector of one selected node. */
export function NodePanel({ id, titleRef }: { id: string; titleRef: React.RefObject<HTMLInputElement | null> }) {
  const { t, say, language } = useWords();
  const store = useFlowStore();
  const node = useFlow((state) => state.flow.nodes[id]);
  const [help, setHelp] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  useAskedField(body);
  if (!node) return null;
  const definition = nodeTypes[node.type];
  const Icon = nodeIcon(definition?.icon ?? "");
  const own = ownText(node.title, language);
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <Icon size={18} className={classes.headIcon} />
        <div className={classes.headText}>
          <TextInput
            ref={titleRef}
            variant="unstyled"
            size="sm"
            fw={600}
            value={own}
            placeholder={titleOf(store.get().flow, id, language)}
            aria-label={t("inspector.title")}
            styles={{ input: { height: 22, minHeight: 22, fontWeight: 600 } }}
            onChange={(event) => store.edit(setTitle(id, { title: relabelled(node.title, language, event.currentTarget.value) }))}
          />
          <div className={classes.type}>
            {say(definition?.title, node.type)} ·{" "}
            <Text span ff="monospace" fz={11}>
              {id}
            </Text>
          </div>
        </div>
        <IconButton size={24} label={t("inspector.help")} pressed={help} onClick={() => setHelp(!help)}>
          <IconHelp size={16} />
        </IconButton>
        <NodeMenu id={id} />
      </div>
      <div className={classes.body} ref={body}>
        {help && <NodeHelp type={node.type} />}
        <NodeIssues id={id} />
        <NodeForm key={id} node={id} type={node.type} />
        <InnerGraphs id={id} />
        <div className={classes.section}>
          <Stack gap={8}>
            <DraftInput
              label={t("inspector.id")}
              description={t("inspector.idHelp")}
              value={id}
              mono
              check={(draft) => (!idPattern.test(draft) ? t("inspector.badId") : draft in store.get().flow.nodes ? t("inspector.taken") : null)}
              onCommit={(draft) => {
                store.edit(renameNode(id, draft));
                store.select([draft]);
              }}
            />
            <Textarea
              label={t("inspector.note")}
              value={node.note ?? ""}
              autosize
              minRows={1}
              maxRows={6}
              onChange={(event) => store.edit(setTitle(id, { note: event.currentTarget.value || undefined }))}
            />
            <NumberInput
              label={t("inspector.retries")}
              description={t("inspector.retriesHelp")}
              size="xs"
              min={0}
              max={limits.nodeRetries}
              clampBehavior="strict"
              value={node.retries ?? 0}
              onChange={(value) => store.edit(setTitle(id, { retries: Number(value) || undefined }))}
            />
            <ReportMark id={id} />
            <Switch
              label={t("inspector.enabled")}
              checked={node.enabled !== false}
              onChange={(event) => store.edit(setTitle(id, { enabled: event.currentTarget.checked ? undefined : false }))}
            />
          </Stack>
        </div>
      </div>
    </div>
  );
}

/** A problem was clicked: bring its field into view and put the cursor there. */
function useAskedField(body: React.RefObject<HTMLDivElement | null>) {
  const { field, turn } = useFlow((state) => state.selection);
  useEffect(() => {
    if (!field) return;
    const timer = setTimeout(() => {
      const exact = body.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(field)}"]`);
      const near = body.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(field.split(".").slice(0, 2).join("."))}"]`);
      const place = exact ?? near;
      place?.scrollIntoView({ block: "center" });
      const input = place?.matches("input,textarea") ? place : place?.querySelector<HTMLElement>("input,textarea,button");
      input?.focus();
    }, 60);
    return () => clearTimeout(timer);
  }, [field, turn, body]);
}

function NodeMenu({ id }: { id: string }) {
  const { t } = useWords();
  const store = useFlowStore();
  const start = useFlow((state) => state.flow.start);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton size={24} label={t("common.more")}>
          <IconDots size={16} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={start === id} onClick={() => store.edit(setFlowSettings({ start: id }))}>
          {t("inspector.makeStart")}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={14} />}
          rightSection={<kbd>Del</kbd>}
          onClick={() => {
            store.edit(removeNodes([id], promptsOf(store.get().flow), promptsElsewhere(store.get())));
            store.select([]);
          }}
        >
          {t("common.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Problems of this node that no single field shows. */
function NodeIssues({ id }: { id: string }) {
  const { language } = useWords();
  const issues = useFlow((state) => state.issues);
  const path = pathIn(
    useFlow((state) => state.part),
    id,
  );
  const own = issues.filter((issue) => issue.node === path && !issue.path?.startsWith("config.") && !issue.path?.startsWith("prompts."));
  if (own.length === 0) return null;
  return (
    <ul className={classes.issues}>
      {own.map((issue, index) => (
        <li key={index} data-severity={issue.severity}>
          <ErrorText text={issue.message[language]} />
        </li>
      ))}
    </ul>
  );
}

/** Several nodes chosen at once. */
export function ManyPanel({ ids }: { ids: readonly string[] }) {
  const { t, language } = useWords();
  const store = useFlowStore();
  return (
    <div className={classes.panel}>
      <div className={classes.body}>
        <Text fw={600} mb="sm">
          {t("inspector.many", { count: ids.length })}
        </Text>
        <Group gap={6}>
          <kbd>Ctrl C</kbd>
          <kbd>Ctrl D</kbd>
          <kbd>Del</kbd>
        </Group>
        <Text mt="sm" fz="sm" c="dimmed">
          {ids
            .map((id) => titleOf(store.get().flow, id, language))
            .slice(0, 20)
            .join(", ")}
        </Text>
      </div>
    </div>
  );
}

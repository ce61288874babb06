import { Menu, UnstyledButton } from "@mantine/core";
import { useMemo } from "react";
import { nodeTypes } from "../../../flows/nodes/index.ts";
import type { Flow } from "../../../flows/schema/flow.ts";
import { useFlow } from "../../document/use-flow.ts";
import { useWords } from "../../i18n/index.ts";
import { IconVariable } from "../../ui/icons.ts";
import classes from "../inspector.module.css";

/** Names an expression of this flow may use, to pick from. */
export function InsertName({ onPick }: { onPick(name: string): void }) {
  const { t } = useWords();
  const flow = useFlow((state) => state.whole);
  const names = useMemo(() => namesOf(flow), [flow]);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.mini} aria-label={t("inspector.insertName")} title={t("inspector.insertName")}>
          <IconVariable size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={280} style={{ overflow: "auto" }}>
        {names.map((name) => (
          <Menu.Item key={name} ff="monospace" fz="xs" onClick={() => onPick(name)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function namesOf(flow: Flow): string[] {
  const saved = Object.values(flow.nodes).flatMap((node) => {
    const definition = nodeTypes[node.type];
    const config = definition?.config.safeParse(node.config);
    return config?.success ? (definition?.results?.(config.data) ?? []).map((item) => item.name) : [];
  });
  const vars = [...new Set([...Object.keys(flow.variables), ...saved])];
  return [
    ...Object.keys(flow.inputs).map((name) => `inputs.${name}`),
    ...vars.map((name) => `vars.${name}`),
    "caller.number",
    "call.dialled",
    "now.date",
    "now.time",
    "now.hour",
    "now.weekday",
    ...(flow.kind === "strategy" ? ["contact.phone", "contact.name"] : []),
  ];
}

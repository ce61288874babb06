import { Table, UnstyledButton } from "@mantine/core";
import type { Flow } from "../../flows/schema/flow.ts";
import type { StoredLine } from "../api/index.ts";
import { exitLabel } from "../canvas/exit-label.ts";
import { titleOf } from "../document/node-facts.ts";
import { useWords } from "../i18n/index.ts";
import classes from "./calls.module.css";

/** The journal, one line per fact, with the time from the start of the call. */
export function JournalTable({
  lines,
  startedAt,
  flow,
  onPick,
}: {
  lines: readonly StoredLine[];
  startedAt: number;
  flow: Flow | null;
  onPick(node: string): void;
}) {
  const { t, language } = useWords();
  const name = (node: string) => (flow?.nodes[node] ? titleOf(flow, node, language) : node);
  return (
    <Table fz="xs" verticalSpacing={2}>
      <Table.Tbody>
        {lines.map((line) => (
          <Table.Tr key={line.seq}>
            <Table.Td w={64} ta="right" c="dimmed">
              {((line.at - startedAt) / 1000).toFixed(1)}
            </Table.Td>
            <Table.Td w={130}>{t(`journal.${line.kind}`)}</Table.Td>
            <Table.Td w={180}>
              {line.node && (
                <UnstyledButton fz="xs" className={classes.nodeLink} onClick={() => onPick(line.node)}>
                  {name(line.node)}
                </UnstyledButton>
              )}
            </Table.Td>
            <Table.Td ff="monospace" style={{ overflowWrap: "anywhere" }}>
              {detail(line, flow, language, t)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function detail(line: StoredLine, flow: Flow | null, language: string, t: (key: string) => string): string {
  const data = line.data ?? {};
  if (line.kind === "heard") return String(data["text"] ?? data["prompt"] ?? "");
  if (line.kind === "left") return `→ ${flow?.nodes[line.node] ? exitLabel(String(data["exit"]), flow, line.node, language, t) : String(data["exit"])}`;
  if (line.kind === "entered") return "";
  const text = JSON.stringify(data);
  return text === "{}" ? "" : text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

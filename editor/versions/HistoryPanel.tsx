import { Badge, Button, Group, Table, Text } from "@mantine/core";
import { api, type FlowDetails } from "../api/index.ts";
import { replaceDocument } from "../document/edits/replace-document.ts";
import { useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconHistory } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { Empty } from "../ui/Screen.tsx";
import { ComparePanel, type Marks } from "./ComparePanel.tsx";
import classes from "./versions.module.css";

type Props = { details: FlowDetails; reload(): void; onMarks(marks: Marks | null): void; onPick(node: string): void };

/** Published versions: make one live, or restore it to the draft (one undo step); next to them, the differences. */
export function HistoryPanel({ details, reload, onMarks, onPick }: Props) {
  const { t, moment } = useWords();
  const store = useFlowStore();
  const { versions, live } = details;
  const id = details.document.id;
  if (versions.length === 0)
    return (
      <Empty icon={<IconHistory size={28} />} title={t("history.empty")}>
        {t("history.emptyHelp")}
      </Empty>
    );
  const restore = (version: number) => attempt(async () => store.edit(replaceDocument(await api.version(id, version))), t("history.restored", { version }));
  const makeLive = (version: number) => attempt(() => api.makeLive(id, version, live), t("history.nowLive", { version })).then(reload);
  return (
    <div className={classes.history}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("history.version")}</Table.Th>
            <Table.Th>{t("history.when")}</Table.Th>
            <Table.Th>{t("history.note")}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...versions]
            .sort((a, b) => b.version - a.version)
            .map((row) => (
              <Table.Tr key={row.version}>
                <Table.Td className={classes.version!}>
                  {row.version}{" "}
                  {row.version === live && (
                    <Badge color="green" variant="light" tt="none" ml={6}>
                      {t("history.live")}
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td>{moment(row.publishedAt)}</Table.Td>
                <Table.Td>
                  <Text fz="sm">{row.note || "—"}</Text>
                </Table.Td>
                <Table.Td>
                  <Group gap={4} justify="flex-end">
                    <Button variant="default" size="compact-xs" onClick={() => void restore(row.version)}>
                      {t("history.restore")}
                    </Button>
                    <Button variant="default" size="compact-xs" disabled={row.version === live} onClick={() => void makeLive(row.version)}>
                      {t("history.makeLive")}
                    </Button>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      <ComparePanel details={details} onMarks={onMarks} onPick={onPick} />
    </div>
  );
}

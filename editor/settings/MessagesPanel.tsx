import { Badge, Button, Group, SegmentedControl, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { dataApi, type MessageRow, type MessageState } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { attempt } from "../ui/notify.ts";
import { Pages } from "../ui/Pages.tsx";
import { linkTo, pathOf } from "../ui/router.ts";
import { Empty, Loading } from "../ui/Screen.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { useLoad } from "../ui/use-load.ts";
import { useSearchPages } from "../ui/use-search-pages.ts";
import { Gateways } from "./Gateways.tsx";
import { messageReason } from "./message-reason.ts";
import classes from "./settings.module.css";

const states = ["queued", "sent", "failed"] as const;
const colours: Record<MessageState, string> = { queued: "yellow", sent: "green", failed: "red" };

/** Messages and their states. */
export function MessagesPanel() {
  const { t, number } = useWords();
  const [state, setState] = useState<MessageState | "all">("all");
  const pages = useSearchPages(50, [state]);
  const { size, offset, settled } = pages;
  const query = { search: settled, limit: size, offset, state: state === "all" ? undefined : state };
  const messages = useLoad(() => dataApi.messages(query), [settled, offset, state]);
  const counts = messages.data?.counts;
  const total = counts ? counts.queued + counts.sent + counts.failed : 0;
  const label = (name: string, count: number | undefined) => `${t(`messages.state.${name}`)}${count === undefined ? "" : ` ${number(count)}`}`;
  return (
    <>
      <Gateways onTried={messages.reload} />
      <div className={`${classes.panel} ${classes.below}`}>
        <Group justify="space-between" mb="sm">
          <Title order={2}>{t("messages.outbox")}</Title>
          <Group gap="sm">
            <SegmentedControl
              size="xs"
              value={state}
              onChange={(next) => setState(next as MessageState | "all")}
              data={[
                { value: "all", label: label("all", counts ? total : undefined) },
                ...states.map((value) => ({ value, label: label(value, counts?.[value]) })),
              ]}
            />
            <SearchField of={pages} label={t("messages.search")} w={200} />
          </Group>
        </Group>
        <Loading of={messages} empty={({ messages: rows }) => rows.length === 0 && <Empty title={t(total > 0 ? "common.nothingFound" : "messages.empty")} />}>
          {({ messages: rows, total: found }) => (
            <>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t("messages.when")}</Table.Th>
                    <Table.Th>{t("messages.channel")}</Table.Th>
                    <Table.Th>{t("messages.to")}</Table.Th>
                    <Table.Th>{t("messages.text")}</Table.Th>
                    <Table.Th>{t("messages.state")}</Table.Th>
                    <Table.Th />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Line key={row.id} row={row} onChange={messages.reload} />
                  ))}
                </Table.Tbody>
              </Table>
              <Pages of={pages} total={found} />
            </>
          )}
        </Loading>
      </div>
    </>
  );
}

function Line({ row, onChange }: { row: MessageRow; onChange(): void }) {
  const { t, moment } = useWords();
  return (
    <Table.Tr>
      <Table.Td>
        {moment(row.createdAt)}
        {row.callId && (
          <Text fz="xs">
            <a {...linkTo(pathOf("calls", row.callId))}>{t("messages.call")}</a>
          </Text>
        )}
      </Table.Td>
      <Table.Td>{t(`messages.channel.${row.channel}`)}</Table.Td>
      <Table.Td ff="monospace" fz="sm">
        {row.to || "—"}
      </Table.Td>
      <Table.Td className={classes.cell}>
        {row.subject && <Text fw={600}>{row.subject}</Text>}
        {row.text}
      </Table.Td>
      <Table.Td>
        <Badge size="sm" variant="light" color={colours[row.state]}>
          {t(`messages.state.${row.state}`)}
        </Badge>
        {row.error && (
          <Text fz="xs" c="dimmed" maw={260}>
            {messageReason(row.error, t)}
          </Text>
        )}
        {row.dueAt && row.state === "queued" && (
          <Text fz="xs" c="dimmed">
            {t("messages.next", { at: moment(row.dueAt) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right">
        {row.state !== "sent" && (
          <Button size="compact-xs" variant="default" onClick={() => void attempt(() => dataApi.retryMessage(row.id)).then(onChange)}>
            {t("messages.retry")}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

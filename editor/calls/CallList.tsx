import { Badge, Button, Group, Pagination, Select, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { api, type CallRow } from "../api/index.ts";
import { address } from "../api/client.ts";
import { follow } from "../api/live.ts";
import { minutes, useWords } from "../i18n/index.ts";
import { IconDownload, IconPhoneIncoming, IconSearch } from "../ui/icons.ts";
import { linkTo, navigate, pathOf } from "../ui/router.ts";
import { Empty, Loading, Screen } from "../ui/Screen.tsx";
import { useLoad, type Loaded } from "../ui/use-load.ts";
import classes from "./calls.module.css";

const page = 50;
type Filter = { flow: string | null; search: string; from: string; to: string };

/** Live calls above, history below; both follow the server. */
export function CallList() {
  const { t, say, number } = useWords();
  const [filter, setFilter] = useState<Filter>({ flow: null, search: "", from: "", to: "" });
  const [offset, setOffset] = useState(0);
  const [search] = useDebouncedValue(filter.search, 250);
  const query = { flow: filter.flow, search, ...dayRange(filter.from, filter.to) };
  const key = JSON.stringify(query);
  const history = useLoad(() => api.calls({ ...query, limit: page, offset }), [key, offset]);
  const live = useLoad(() => api.calls({ live: 1, limit: 100 }), []);
  const flows = useLoad(() => api.flows(), []);
  useEffect(() => setOffset(0), [key]);
  useFollow([live, history]);
  const titles = new Map((flows.data ?? []).map((flow) => [flow.id, say(flow.title, flow.id)]));
  const set = (change: Partial<Filter>) => setFilter({ ...filter, ...change });
  return (
    <Screen
      title={t("nav.calls")}
      hint={history.data ? t("calls.total", { count: history.data.total, shown: number(history.data.total) }) : undefined}
      actions={
        <Button component="a" variant="default" leftSection={<IconDownload size={15} />} href={address("/calls.csv", query)} download>
          CSV
        </Button>
      }
    >
      {(live.data?.calls.length ?? 0) > 0 && (
        <section className={classes.live} aria-label={t("calls.live")}>
          <h2>
            <span className={classes.pulse} />
            {t("calls.live")} · {live.data!.calls.length}
          </h2>
          <CallTable calls={live.data!.calls} titles={titles} />
        </section>
      )}
      <Group mb="sm" gap="sm">
        <TextInput
          w={230}
          leftSection={<IconSearch size={14} />}
          placeholder={t("calls.search")}
          aria-label={t("calls.search")}
          value={filter.search}
          onChange={(event) => set({ search: event.currentTarget.value })}
        />
        <Select
          w={230}
          placeholder={t("calls.anyFlow")}
          aria-label={t("calls.flow")}
          clearable
          searchable
          data={[...titles].map(([value, label]) => ({ value, label }))}
          value={filter.flow}
          onChange={(flow) => set({ flow })}
        />
        <TextInput type="date" aria-label={t("calls.from")} value={filter.from} onChange={(event) => set({ from: event.currentTarget.value })} />
        <Text c="dimmed">—</Text>
        <TextInput type="date" aria-label={t("calls.to")} value={filter.to} onChange={(event) => set({ to: event.currentTarget.value })} />
      </Group>
      <Loading
        of={history}
        empty={(data) =>
          data.calls.length === 0 && (
            <Empty icon={<IconPhoneIncoming size={32} />} title={t("calls.empty")}>
              {t("calls.emptyHelp")}
            </Empty>
          )
        }
      >
        {(data) => (
          <>
            {data.calls.some((call) => call.endedAt !== null) && <CallTable calls={data.calls.filter((call) => call.endedAt !== null)} titles={titles} />}
            {data.total > page && (
              <Pagination mt="md" size="sm" total={Math.ceil(data.total / page)} value={offset / page + 1} onChange={(next) => setOffset((next - 1) * page)} />
            )}
          </>
        )}
      </Loading>
    </Screen>
  );
}

/** Days in the reader's own time zone, the last one whole. */
export function dayRange(from: string, to: string): { from?: number; to?: number } {
  return { ...(from ? { from: new Date(`${from}T00:00`).getTime() } : {}), ...(to ? { to: new Date(`${to}T23:59:59.999`).getTime() } : {}) };
}

function useFollow(loads: Loaded<unknown>[]) {
  const latest = useRef(loads);
  latest.current = loads;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        for (const each of latest.current) each.reload();
      }, 400);
    };
    const stop = follow({}, { event: (event) => (event.type === "call-begin" || event.type === "call-end") && soon(), reset: soon });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, []);
}

function CallTable({ calls, titles }: { calls: readonly CallRow[]; titles: ReadonlyMap<string, string> }) {
  const { t, moment } = useWords();
  return (
    <Table className={classes.table!}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("calls.when")}</Table.Th>
          <Table.Th>{t("calls.caller")}</Table.Th>
          <Table.Th>{t("calls.dialled")}</Table.Th>
          <Table.Th>{t("calls.flow")}</Table.Th>
          <Table.Th ta="right">{t("calls.length")}</Table.Th>
          <Table.Th>{t("calls.outcome")}</Table.Th>
          <Table.Th>{t("calls.ended")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {calls.map((call) => (
          <Table.Tr key={call.id} className={classes.row} onClick={() => navigate(pathOf("calls", call.id))}>
            <Table.Td>
              <a {...linkTo(pathOf("calls", call.id))}>{moment(call.startedAt)}</a>
            </Table.Td>
            <Table.Td ff="monospace" fz="sm">
              {call.caller || t("calls.hidden")}
            </Table.Td>
            <Table.Td ff="monospace" fz="sm">
              {call.dialled || "—"}
            </Table.Td>
            <Table.Td>
              {titles.get(call.flow) ?? call.flow}{" "}
              <Text span fz="xs" c="dimmed">
                v{call.version}
              </Text>
            </Table.Td>
            <Table.Td ta="right">{call.endedAt ? minutes(call.endedAt - call.startedAt) : "…"}</Table.Td>
            <Table.Td>{call.outcome ?? call.disposition ?? "—"}</Table.Td>
            <Table.Td>
              {call.endedAt ? (
                <Ended call={call} />
              ) : (
                <Badge color="green" variant="light" tt="none">
                  {t("calls.now")}
                </Badge>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function Ended({ call }: { call: CallRow }) {
  const { t } = useWords();
  if (!call.ended) return <>—</>;
  const bad = call.ended === "fault" || call.ended === "limit";
  return (
    <Text span fz="sm" c={bad ? "var(--bad)" : undefined}>
      {t(`ended.${call.ended}`)}
    </Text>
  );
}

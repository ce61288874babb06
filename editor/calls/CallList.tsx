import { Button, Pagination, Tabs } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { api } from "../api/index.ts";
import { address } from "../api/client.ts";
import { useWords } from "../i18n/index.ts";
import { useFlowTitles } from "../ui/FlowSelect.tsx";
import { IconDownload, IconPhoneIncoming } from "../ui/icons.ts";
import { Empty, Loading, Screen } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { noFilter, queryOf, type ChosenRow } from "./call-filter.ts";
import { CallFilters } from "./CallFilters.tsx";
import { CallTable } from "./CallTable.tsx";
import { CallTotals } from "./CallTotals.tsx";
import classes from "./calls.module.css";
import { useFollow } from "./use-follow.ts";

const page = 50;

/** Live calls above, history or its totals below; all follow the server. */
export function CallList() {
  const { t, number } = useWords();
  const [filter, setFilter] = useState(noFilter);
  const [view, setView] = useState<string | null>("list");
  const [offset, setOffset] = useState(0);
  const [search] = useDebouncedValue(filter.search, 250);
  const query = queryOf(filter, search);
  const key = JSON.stringify(query.list);
  const history = useLoad(() => api.calls({ ...query.list, limit: page, offset }), [key, offset]);
  const live = useLoad(() => api.calls({ live: 1, limit: 100 }), []);
  useEffect(() => setOffset(0), [key]);
  useFollow([live, history]);
  const titles = useFlowTitles([...(live.data?.calls ?? []), ...(history.data?.calls ?? [])].map((call) => call.flow));
  const open = (row: ChosenRow) => {
    setFilter({ ...filter, row });
    setView("list");
  };
  return (
    <Screen
      title={t("nav.calls")}
      hint={history.data && view === "list" ? t("calls.total", { count: history.data.total, shown: number(history.data.total) }) : undefined}
      actions={
        <Button component="a" variant="default" leftSection={<IconDownload size={15} />} href={address("/calls.csv", query.list)} download>
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
      <CallFilters filter={filter} onChange={setFilter} />
      <Tabs value={view} onChange={setView} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="list">{t("calls.list")}</Tabs.Tab>
          <Tabs.Tab value="totals">{t("calls.totals")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="list">
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
                  <Pagination
                    mt="md"
                    size="sm"
                    total={Math.ceil(data.total / page)}
                    value={offset / page + 1}
                    onChange={(next) => setOffset((next - 1) * page)}
                  />
                )}
              </>
            )}
          </Loading>
        </Tabs.Panel>
        <Tabs.Panel value="totals">
          <CallTotals query={query.all} onOpen={open} />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}

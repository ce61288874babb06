import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { api, type FlowRow } from "../api/index.ts";
import { attempt } from "../ui/notify.ts";
import { useLoad, type Loaded } from "../ui/use-load.ts";

const pageSize = 100;
type Rows = { rows: FlowRow[]; next: string | null };
type FlowPages = { flows: Loaded<Rows>; search: string; setSearch(search: string): void; settled: string; more(): void };

/** Flows found by the server, a page at a time: an installation may have thousands. */
export function useFlowPages(): FlowPages {
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search.trim(), 250);
  const pageAfter = async (cursor: string | null): Promise<Rows> => {
    const { flows: rows, next } = await api.flowsPage({ limit: pageSize, ...(settled ? { search: settled } : {}), ...(cursor ? { cursor } : {}) });
    return { rows, next };
  };
  const flows = useLoad(() => pageAfter(null), [settled]);
  const more = () => {
    const { data } = flows;
    if (!data?.next) return;
    void attempt(async () => {
      const page = await pageAfter(data.next);
      flows.replace({ rows: [...data.rows, ...page.rows], next: page.next });
    });
  };
  return { flows, search, setSearch, settled, more };
}

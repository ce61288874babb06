import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { api, type FlowsQuery } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { useLoad } from "./use-load.ts";

const shown = 50;

/** Titles of these flows by id, in the reader's language; a flow that is gone has none. */
export function useFlowTitles(ids: Iterable<string>): ReadonlyMap<string, string> {
  const { say } = useWords();
  const wanted = [...new Set(ids)].toSorted().join(",");
  const { data } = useLoad(() => (wanted ? api.flowsPage({ ids: wanted, limit: 200 }) : Promise.resolve(null)), [wanted]);
  return useMemo(() => new Map((data?.flows ?? []).map((flow) => [flow.id, say(flow.title, flow.id)])), [data, say]);
}

type Props = Omit<SelectProps, "data" | "value" | "onChange" | "searchValue"> &
  Pick<FlowsQuery, "kind" | "live"> & { value: string | null; onChange(flow: string | null): void; empty?: string };

/** A flow picker for any number of flows: the server searches. `empty` is shown if there is none of this kind. */
export function FlowSelect({ kind, live, value, onChange, empty, ...props }: Props) {
  const { say } = useWords();
  const [typed, setTyped] = useState("");
  const chosen = useFlowTitles(value ? [value] : []).get(value ?? "") ?? value;
  const [search] = useDebouncedValue(typed === chosen ? "" : typed, 200);
  const { data } = useLoad(() => api.flowsPage({ limit: shown, search, ...(kind ? { kind } : {}), ...(live ? { live } : {}) }), [search, kind, live]);
  const found = (data?.flows ?? []).map((flow) => ({ value: flow.id, label: say(flow.title, flow.id) }));
  const missing = value && !found.some((option) => option.value === value) ? [{ value, label: chosen ?? value }] : [];
  return (
    <Select
      searchable
      data={[...found, ...missing]}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
      {...(data?.flows.length === 0 && search === "" && empty ? { description: empty } : {})}
      {...props}
    />
  );
}

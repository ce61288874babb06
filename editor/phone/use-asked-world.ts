import { useMemo } from "react";
import { referencesOf } from "../../flows/compile/references.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { useLoad } from "../ui/use-load.ts";
import { askedWorld, type AskedWorld } from "./asked-world.ts";
import { otherFlows } from "./other-flows.ts";
import { loadStoredData } from "./load-stored-data.ts";
import { noStoredData, type StoredData } from "./stored-data.ts";

/** What the open flow asks of the world, and what the installation keeps of it. */
export function useAskedWorld(flow: Flow): { asked: AskedWorld; stored: StoredData } {
  const others = useLoad(async () => ({ find: await otherFlows(flow) }), [flow.id, JSON.stringify(referencesOf(flow))]);
  const asked = useMemo(() => askedWorld(flow, others.data?.find), [flow, others.data]);
  const { tables, switches, contacts } = asked;
  const stored = useLoad(() => loadStoredData(asked), [JSON.stringify([tables, switches, contacts])]);
  return { asked, stored: stored.data ?? noStoredData };
}

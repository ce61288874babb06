import { pinKey } from "../../flows/compile/containers.ts";
import { referencesOf } from "../../flows/compile/references.ts";
import type { FindFlow } from "../../flows/compile/unit.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { api } from "../api/index.ts";

/** The live versions of subflows, loaded before the call starts. */
export async function otherFlows(flow: Flow): Promise<FindFlow> {
  if (referencesOf(flow).length === 0) return () => null;
  const flows = await api.inlined(flow);
  return (id, version) => flows[pinKey(id, version)] ?? null;
}

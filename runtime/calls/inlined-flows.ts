import { pinKey } from "../../flows/compile/containers.ts";
import { referencesOf } from "../../flows/compile/references.ts";
import type { FindFlow } from "../../flows/compile/unit.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { FlowStore } from "../ports/store.ts";

type Versions = Pick<FlowStore, "version" | "alias">;
const mostFlows = 200;

/** The current version of a reference: a number is a version, a name is an alias, empty is `live`; null if it does not exist. */
async function versionOf(store: Versions, flow: string, version: string): Promise<number | null> {
  return /^\d+$/.test(version) ? Number(version) : store.alias(flow, version || "live");
}

/** Pins for publishing: the live version of each subflow. */
export async function pinsOf(store: Versions, flow: Flow): Promise<Record<string, number>> {
  const pins: Record<string, number> = {};
  for (const reference of referencesOf(flow)) {
    const version = await versionOf(store, reference.flow, reference.version);
    if (version !== null) pins[pinKey(reference.flow, reference.version)] = version;
  }
  return pins;
}

/** All flows that `root` plays, and those that they play, read beforehand: compiling itself does not wait. */
export async function inlinedFlows(store: Versions, root: Flow): Promise<{ find: FindFlow; flows: Record<string, Flow> }> {
  const flows: Record<string, Flow> = {};
  const queue: Flow[] = [root];
  for (let around = queue.shift(); around && Object.keys(flows).length < mostFlows; around = queue.shift()) {
    for (const { flow: id, version } of referencesOf(around)) {
      const wanted = String(around.pins?.[pinKey(id, version)] ?? version);
      const key = pinKey(id, wanted);
      if (key in flows) continue;
      const number = await versionOf(store, id, wanted);
      const flow = number === null ? null : await store.version(id, number);
      if (!flow) continue;
      flows[key] = flow;
      queue.push(flow);
    }
  }
  return { find: (id, version) => flows[pinKey(id, version)] ?? null, flows };
}

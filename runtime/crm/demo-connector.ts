import { demoCrm, type DemoCrm } from "../../flows/simulate/demo-crm.ts";
import type { Clock } from "../ports/clock.ts";
import type { Crm } from "../ports/crm.ts";

/** The simulator's demo customers for live calls: each connector has its own slots until a restart. */
export function demoConnector(zone: string, clock: Pick<Clock, "now">): Crm {
  const worlds = new Map<string, DemoCrm>();
  return {
    ask({ connector, method, params, key }) {
      let world = worlds.get(connector.name);
      if (!world) worlds.set(connector.name, (world = demoCrm(zone)));
      const { exit, value } = world.ask(method, params, key, clock.now());
      return Promise.resolve({ exit: exit === "conflict" ? "conflict" : "ok", value });
    },
  };
}

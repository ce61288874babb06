import type { Command } from "../../flows/commands.ts";
import { compileFlow } from "../../flows/compile/compile-flow.ts";
import type { FindFlow } from "../../flows/compile/unit.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { serviceName } from "../../flows/service-name.ts";

/** A service that a flow asks: its name in a conversation, the command's word, and by what exits the asking nodes leave. */
export type AskedService = { name: string; do: string; exits: string[] };

/** Services used by a flow, including its subflows. */
export type AskedWorld = {
  services: AskedService[];
  lists: string[];
  tables: string[];
  switches: string[];
  counters: string[];
  contacts: boolean;
  /** How far back each counter is looked at, milliseconds; 0 = ever. */ windows: Record<string, number>;
};

type Ask = { waiter?: string; exits: string[]; args: { command?: { do: string } & Record<string, unknown>; speech?: unknown } };

/** Reads it off the compiled machine, so that names are exactly those of a call. A flow that cannot be compiled asks nothing. */
export function askedWorld(flow: Flow, find: FindFlow = () => null): AskedWorld {
  const world: AskedWorld = { services: [], lists: [], tables: [], switches: [], counters: [], contacts: false, windows: {} };
  for (const ask of asksOf(flow, find)) {
    if (ask.waiter === "speech" || ask.waiter === "directory" || (ask.waiter === "input" && ask.args.speech)) addService(world, "speech", "listen", []);
    const { command } = ask.args;
    if (!command || typeof command.do !== "string") continue;
    collectors[command.do]?.(world, command);
    if (offered.has(command.do)) addService(world, serviceName(command as unknown as Command), command.do, ask.exits);
  }
  return world;
}

/** Commands whose responses a tester can choose; lists and switches have their own controls. */
const offered = new Set<string>([
  "http",
  "table",
  "contact",
  "crm",
  "notify",
  "count",
  "callerInfo",
  "bridge",
  "refer",
  "queue",
  "queueStatus",
  "callback",
  "amd",
  "connect",
  "dial",
]);

const collectors: Record<string, (world: AskedWorld, command: Record<string, unknown>) => void> = {
  list: ({ lists }, command) => addName(lists, command["list"]),
  table: ({ tables }, command) => addName(tables, command["table"]),
  toggle: ({ switches }, command) => addName(switches, command["name"]),
  count(world, command) {
    const { counter, windowMs } = command;
    addName(world.counters, counter);
    if (typeof counter !== "string" || typeof windowMs !== "number") return;
    const before = world.windows[counter];
    world.windows[counter] = before === undefined ? windowMs : before === 0 || windowMs === 0 ? 0 : Math.max(before, windowMs);
  },
  contact: (world) => void (world.contacts = true),
};

function addName(names: string[], name: unknown): void {
  if (typeof name === "string" && name !== "" && !names.includes(name)) names.push(name);
}

function addService(world: AskedWorld, name: string, word: string, exits: readonly string[]): void {
  // A name that only a call can compute (the table of a campaign) is an expression here, not a text.
  if (name.includes("[object ")) return;
  const known = world.services.find((each) => each.name === name);
  if (!known) world.services.push({ name, do: word, exits: [...exits] });
  else for (const exit of exits) if (!known.exits.includes(exit)) known.exits.push(exit);
}

function asksOf(flow: Flow, find: FindFlow): Ask[] {
  const asks: Ask[] = [];
  try {
    walk(compileFlow(flow, find), asks);
  } catch {
    // The problems tab says what is wrong with it.
  }
  return asks;
}

function walk(value: unknown, into: Ask[]): void {
  if (typeof value !== "object" || value === null) return;
  const { args, exits } = value as Partial<Ask>;
  if (typeof args === "object" && args !== null && Array.isArray(exits)) into.push(value as Ask);
  for (const inner of Array.isArray(value) ? value : Object.values(value)) walk(inner, into);
}

import { exitsOf } from "../nodes/define-node.ts";
import { nodeTypes } from "../nodes/index.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";
import { allNodes } from "../schema/graph.ts";
import { documentPath } from "../compile/document-path.ts";
import type { Value } from "../schema/values.ts";
import type { Given, ServiceAnswer } from "./conversation.ts";
import type { Run } from "./paths.ts";

/**
 * Other worlds in which a node might leave by the wanted exits: services that answer otherwise or fail, other times of
 * day and year, other facts about the caller. Guesses; the simulation decides.
 */
export function variantsFor(flow: Flow, path: string, near: Run, wanted: readonly string[]): Given[] {
  const node = allNodes(flow).find(([id]) => id === path)?.[1];
  if (!node) return [];
  const exits = wanted.map((target) => target.slice(path.length + 1));
  return [...byService(flow, path, near, exits), ...byTime(node, near.given), ...byData(flow, node, near)];
}

const withService = (given: Given, name: string, answer: ServiceAnswer): Given => ({ ...given, services: { ...given.services, [name]: answer } });

/** The names this node looked for, with an answer for each exit. */
function byService(flow: Flow, path: string, near: Run, exits: readonly string[]): Given[] {
  const asked = near.player.consulted.filter((each) => documentPath(flow, each.node) === path).flatMap((each) => each.names);
  const names = asked.filter((name) => name !== "voice").slice(0, 3);
  return [
    ...voiceLost(flow, path, near, exits),
    ...names.flatMap((name) => exits.flatMap((exit) => answersFor(exit).flatMap((answer) => byTurn(flow, path, near, name, answer)))),
  ];
}

/** The answer for every time; and, when others ask the same before this node does, for its own turn only. */
function byTurn(flow: Flow, path: string, near: Run, name: string, answer: ServiceAnswer): Given[] {
  const asking = near.player.consulted.filter((each) => each.names.includes(name));
  const turn = asking.findIndex((each) => documentPath(flow, each.node) === path);
  const always = withService(near.given, name, answer);
  if (turn <= 0) return [always];
  return [always, { ...near.given, services: { ...near.given.services, [name]: [...answersBefore(near, name, turn, {}), answer, {}] } }];
}

/** The responses of a service up to this point; `otherwise` if nothing is scripted. */
function answersBefore(near: Run, name: string, times: number, otherwise: ServiceAnswer): ServiceAnswer[] {
  const told = near.given.services[name] ?? [];
  const list = Array.isArray(told) ? told : [told];
  return Array.from({ length: times }, (_, at) => list[Math.min(at, list.length - 1)] ?? otherwise);
}

/** The voice fails just when this node begins to speak, is there again for what follows, and before that did as it did. */
function voiceLost(flow: Flow, path: string, near: Run, exits: readonly string[]): Given[] {
  const spoke = near.player.consulted.filter((each) => each.names.includes("voice"));
  const index = spoke.findIndex((each) => documentPath(flow, each.node) === path);
  if (index < 0 || !exits.includes("error")) return [];
  const before = answersBefore(near, "voice", index, { exit: "ok" });
  return [{ ...near.given, services: { ...near.given.services, voice: [...before, { fault: "no-voice" }, { exit: "ok" }] } }];
}

function answersFor(exit: string): ServiceAnswer[] {
  const known: Record<string, ServiceAnswer[]> = {
    ok: [{ status: 200, body: {} }, { exit: "ok" }],
    clientError: [{ status: 404 }],
    serverError: [{ status: 503 }],
    timeout: [{ fault: "timeout" }, { exit: "timeout" }, { delay: 600 }],
    error: [{ fault: "network" }],
    found: [{ exit: "found", value: {} }],
    many: [{ exit: "many", value: [{}, {}] }],
  };
  return known[exit] ?? [{ exit }];
}

/** Night, lunch, weekend, New Year, and the days the calendars themselves name. */
function byTime(node: FlowNode, given: Given): Given[] {
  const timed = node.type === "business-hours" || node.type === "condition" || node.type === "switch";
  if (!timed) return [];
  if (node.type === "business-hours" && Object.keys(given.calendars).length > 0) return [...times(given), { ...given, calendars: {} }];
  return times(given);
}

function times(given: Given): Given[] {
  const zone = /(Z|[+-]\d\d:\d\d)$/.exec(given.now)?.[1] ?? "Z";
  const own = Object.values(given.calendars).flatMap((calendar) => [
    ...calendar.holidays.map((day) => (day.length === 5 ? `2027-${day}` : day)),
    ...Object.keys(calendar.special),
  ]);
  const days = ["2026-11-23", "2026-11-28", "2026-11-29", "2027-01-01", ...own.slice(0, 4)];
  return days.flatMap((day) => ["03:00", "12:00", "19:30"].map((time) => ({ ...given, now: `${day}T${time}:00${zone}` })));
}

/** Facts that the node's expressions compare, set to what they are compared with, and to something else. */
function byData(flow: Flow, node: FlowNode, near: Run): Given[] {
  const sources = expressionsOf(node);
  const names = sources.flatMap((source) =>
    [...source.matchAll(/\b(inputs|contact|caller|vars|result)\.\??(\w+)((?:\.\??\w+\b(?!\())*)/g)].map((match) => ({
      room: match[1]!,
      name: match[2]!,
      rest: match[3]!.split(/\.\??/).filter(Boolean),
    })),
  );
  const literals = sources.flatMap((source) =>
    [...source.matchAll(/'([^']*)'|"([^"]*)"|(\b\d+(?:\.\d+)?\b)/g)].map((match): Value =>
      match[3] === undefined ? (match[1] ?? match[2] ?? "") : Number(match[3]),
    ),
  );
  const numbers = literals.filter((value): value is number => typeof value === "number");
  const values: Value[] = [
    ...new Set<Value>([...literals, ...numbers.flatMap((value) => [value - 1, value + 1]), true, false, "", "другое", 0, 1, null, []]),
  ].slice(0, 16);
  return names.slice(0, 6).flatMap(({ room, name, rest }) => values.flatMap((value) => setFact(flow, near, room, [name, ...rest], value)));
}

function expressionsOf(node: FlowNode): string[] {
  const definition = nodeTypes[node.type];
  const config = definition?.config.safeParse(node.config);
  if (!definition || !config?.success || exitsOf(definition, config.data).length === 0) return [];
  return (definition.expressions?.(config.data) ?? []).map((item) => item.source);
}

function setFact(flow: Flow, near: Run, room: string, path: readonly string[], value: Value): Given[] {
  const { given } = near;
  if (room === "caller") return path[0] === "number" && typeof value === "string" ? [{ ...given, caller: value }] : [];
  if (room === "inputs" || room === "contact") return [{ ...given, [room]: placed(given[room], path, value) as Given["inputs"] }];
  return savers(flow, path[0]!).flatMap((saver) => bySaver(near, flow, saver, path.slice(1), value));
}

/** Nodes that save a variable. */
function savers(flow: Flow, name: string): string[] {
  return allNodes(flow).flatMap(([id, node]) => (node.config["saveAs"] === name || JSON.stringify(node.config["map"] ?? {}).includes(`"${name}"`) ? [id] : []));
}

/** The answer of the service behind a variable, with this value in its place. */
function bySaver(near: Run, flow: Flow, saver: string, path: readonly string[], value: Value): Given[] {
  const names = near.player.consulted.find((each) => documentPath(flow, each.node) === saver)?.names.slice(0, 1) ?? [];
  return names.map((name) => {
    const before = near.given.services[name];
    const answer: ServiceAnswer = Array.isArray(before) ? before[0]! : (before ?? {});
    const field = "body" in answer || answer.status !== undefined || !before ? "body" : "value";
    return withService(near.given, name, {
      ...answer,
      [field]: placed(answer[field] ?? {}, path, value),
      ...(field === "body" ? { value: placed(answer.value ?? {}, path, value) } : {}),
    });
  });
}

/** A value put into a structure by path; what is on the way and is no map becomes one. */
function placed(into: Value, path: readonly string[], value: Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const map = typeof into === "object" && into !== null && !Array.isArray(into) ? into : {};
  return { ...map, [key]: placed(map[key] ?? {}, rest, value) };
}

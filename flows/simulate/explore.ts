import { documentPath } from "../compile/document-path.ts";
import { hashOf, seededRandom } from "../compile/seeded.ts";
import { callFacts } from "../reports/call-facts.ts";
import { namedTotals, type NamedTotals } from "../reports/named-totals.ts";
import { tally as cellsOf } from "../reports/tally.ts";
import type { Flow } from "../schema/flow.ts";
import { choicesAt } from "./choices.ts";
import type { Given, TalkItem } from "./conversation.ts";
import { coverageOf } from "./coverage.ts";
import { personaMind, personaSchema, personas as usual, type Persona } from "./persona.ts";
import { playersOf, type Player, type PlayOptions } from "./player.ts";
import { performTalk, visitedBy } from "./run-conversation.ts";

export type ExploreOptions = PlayOptions & { callers: number; seed: number; personas?: readonly Persona[]; givens: readonly Given[] };

/** Results of random callers. Seconds are virtual time. */
export type Exploration = {
  flow: string;
  callers: number;
  seed: number;
  /** Calls by how they ended, by outcome, by persona and how theirs ended. */
  ended: Record<string, number>;
  outcomes: Record<string, number>;
  personas: Record<string, { calls: number; ended: Record<string, number> }>;
  /** Calls that neither ended nor waited for anybody. */
  stuck: number;
  faults: Record<string, number>;
  seconds: { mean: number; p95: number; longest: number };
  /** Unintended silence: the flow waits for a service or pauses, and nothing is heard. */
  dead: { mean: number; p95: number; longest: number; worst: string | null };
  /** Longest wait for an operator or a service. */
  longestWait: { seconds: number; node: string | null };
  /** Nodes that one call passed most often, which reveals mazes. */
  loops: { node: string; times: number; calls: number }[];
  coverage: { nodes: number; exits: number; uncovered: string[] };
  /** A call to play again for every way of ending, with its seed. */
  examples: Record<string, { caller: number; talk: TalkItem[]; given: Given }>;
  /** The same totals as for real calls; a strategy has none because it does not talk. */
  totals: NamedTotals | null;
};

type Call = { index: number; persona: Persona; given: Given; talk: TalkItem[]; player: Player; dead: Span; waited: Span; silence: number; stuck: boolean };
type Span = { ms: number; longest: number; node: string | null };

const mostActs = 200;
const longestCallMs = 2 * 3_600_000;
const longestStrategyMs = 400 * 86_400_000;

/** Runs random callers against a flow: the same seed gives the same report. Never throws, whatever the flow. */
export function explore(flow: Flow, options: ExploreOptions): Exploration {
  const { callers, seed, givens, personas = usual, ...play } = options;
  const start = playersOf(flow, play);
  const visited = new Set<string>();
  const report = emptyReport(flow.id, callers, seed);
  const tally = new Tally();
  const cells = cellsOf();
  for (let index = 0; index < callers; index++) {
    const call = playOne(flow, start, index, seed, givens, personas);
    count(report, call);
    tally.add(call);
    cells.add({ ...callFacts(flow, call.player.journal, play.find), flow: flow.id });
    for (const item of visitedBy(flow, call.player.result())) visited.add(item);
    noteLoops(flow, call, tally);
  }
  const totals = flow.kind === "strategy" ? null : namedTotals(cells.cells(), () => flow, play.find);
  return { ...report, ...tally.figures(), coverage: coverageOf(flow, visited), totals };
}

function playOne(flow: Flow, start: (given: Given) => Player, index: number, seed: number, givens: readonly Given[], personas: readonly Persona[]): Call {
  const own = hashOf(`${seed}:${index}`);
  const random = seededRandom(own);
  const strategy = flow.kind === "strategy";
  const persona = strategy ? dialled : weighted(personas, random());
  const base = strategy ? withAttempts(givens[0]!, random) : givens[Math.floor(random() * givens.length)]!;
  const given: Given = { ...base, caller: base.caller === "+79990000001" ? `+7999${String(Math.floor(random() * 1e7)).padStart(7, "0")}` : base.caller };
  const player = start(given);
  const call: Call = { index, persona, given, talk: [], player, dead: nothing(), waited: nothing(), silence: 0, stuck: false };
  live(call, personaMind(persona, own ^ 0x5bd1e995));
  return call;
}

/** Nobody is on the line of a strategy: it waits for days and never loses patience. */
const dialled: Persona = personaSchema.parse({ name: "dialled", patience: 7_200, hangup: 0 });

/** How attempts end, in shares: figures of an ordinary list. */
const attempts: readonly [exit: string, share: number][] = [
  ["answered", 0.3],
  ["noAnswer", 0.4],
  ["busy", 0.12],
  ["rejected", 0.08],
  ["invalid", 0.05],
  ["failed", 0.05],
];

function withAttempts(given: Given, random: () => number): Given {
  const exits = Array.from({ length: 12 }, () => {
    let left = random();
    return { exit: attempts.find(([, share]) => (left -= share) < 0)?.[0] ?? "noAnswer" };
  });
  return { ...given, services: { ...given.services, dial: exits } };
}

const nothing = (): Span => ({ ms: 0, longest: 0, node: null });

function weighted(personas: readonly Persona[], share: number): Persona {
  let left = share * personas.reduce((sum, persona) => sum + persona.weight, 0);
  return personas.find((persona) => (left -= persona.weight) < 0) ?? personas.at(-1)!;
}

/** One call from its beginning to its end: waits, acts, loses patience. */
function live(call: Call, mind: ReturnType<typeof personaMind>): void {
  const { player, persona } = call;
  const begun = player.now;
  let bored = player.now;
  while (!player.done && call.talk.length < mostActs && player.now - begun < (persona === dialled ? longestStrategyMs : longestCallMs)) {
    const choices = choicesAt(player);
    if (choices.length > 0) {
      const act = mind.pick(choices, (player.now - bored) / 1000);
      bored = player.now;
      if (act.do === "hangup") return hangUp(call);
      const pause = { wait: mind.reactionMs() / 1000 };
      const items: TalkItem[] = "silence" in act.choice.item ? [act.choice.item] : [pause, act.choice.item];
      call.silence = 0;
      if (performTalk(player, items) !== null) continueAnyway(player);
      call.talk.push(...items);
      continue;
    }
    if (!passTime(call)) {
      call.stuck = !player.done;
      return;
    }
    // Listening and waiting use up patience; calm callers wait twice as long while the flow speaks.
    const worn = (player.now - bored) / 1000;
    if (!player.done && persona !== dialled && worn > mind.patience(player.playing !== null)) return hangUp(call);
  }
}

/** Something that could no longer be done: time goes on. */
const continueAnyway = (player: Player): void => void player.advanceOne();

function hangUp(call: Call): void {
  call.talk.push({ hangup: true });
  performTalk(call.player, [{ hangup: true }]);
  for (let guard = 0; guard < 200 && !call.player.done; guard++) if (!call.player.advanceOne()) return;
}

/** Lets the next thing happen; silence meanwhile is dead time, waiting for the world is a wait. */
function passTime(call: Call): boolean {
  const { player } = call;
  const before = player.now;
  const pending = Object.entries(player.context.pending);
  const waiting = pending.find(([, each]) => each.waiter === "world")?.[0] ?? null;
  const silent = isSilent(player) ? (waiting ?? pending[0]?.[0] ?? null) : null;
  if (!player.advanceOne()) return false;
  const ms = player.now - before;
  if (waiting !== null) grow(call.waited, ms, waiting);
  if (silent === null) call.silence = 0;
  else {
    // Consecutive silences, of a service and of a pause, count as one.
    call.silence += ms;
    call.dead.ms += ms;
    if (call.silence > call.dead.longest) Object.assign(call.dead, { longest: call.silence, node: silent });
  }
  return true;
}

/** Nothing is heard, and nothing is expected from the caller. */
function isSilent({ context, playing, recording, background }: Player): boolean {
  const quiet = playing === null && recording === null && !background && context.gone === null;
  return quiet && !Object.values(context.pending).some((pending) => Object.values(pending.acts).some((act) => joining.has(act.do)));
}

/** While these are under way somebody or something is heard: an operator, a colleague, music. */
const joining = new Set<string>(["bridge", "queue", "connect", "dial", "schedule", "hold"]);

function grow(span: Span, ms: number, node: string): void {
  span.ms += ms;
  if (ms <= span.longest) return;
  span.longest = ms;
  span.node = node;
}

function emptyReport(flow: string, callers: number, seed: number): Omit<Exploration, "seconds" | "dead" | "longestWait" | "loops" | "coverage" | "totals"> {
  return { flow, callers, seed, ended: {}, outcomes: {}, personas: {}, stuck: 0, faults: {}, examples: {} };
}

const more = (counts: Record<string, number>, key: string): void => void (counts[key] = (counts[key] ?? 0) + 1);

function count(report: ReturnType<typeof emptyReport>, call: Call): void {
  const { ended, outcome, faults } = call.player.result();
  const how = call.player.done ? ended : call.stuck ? "stuck" : "timeUp";
  more(report.ended, how);
  more(report.outcomes, outcome ?? "(none)");
  const own = (report.personas[call.persona.name] ??= { calls: 0, ended: {} });
  own.calls++;
  more(own.ended, how);
  if (call.stuck) report.stuck++;
  for (const fault of faults) more(report.faults, `${fault.node}: ${fault.code}`);
  report.examples[`${how}${outcome ? ` · ${outcome}` : ""}`] ??= { caller: call.index, talk: call.talk, given: call.given };
}

function noteLoops(flow: Flow, call: Call, tally: Tally): void {
  const times = new Map<string, number>();
  for (const visit of call.player.result().path) {
    const node = documentPath(flow, visit.node) ?? visit.node;
    times.set(node, (times.get(node) ?? 0) + 1);
  }
  for (const [node, passed] of times) if (passed > 3) tally.loop(node, passed);
}

class Tally {
  private readonly lengths: number[] = [];
  private readonly dead: number[] = [];
  private worstDead: Span = nothing();
  private worstWait: Span = nothing();
  private readonly loops = new Map<string, { times: number; calls: number }>();

  add({ player, given, dead, waited }: Call): void {
    this.lengths.push((player.now - Date.parse(given.now)) / 1000);
    this.dead.push(dead.ms / 1000);
    if (dead.longest > this.worstDead.longest) this.worstDead = dead;
    if (waited.longest > this.worstWait.longest) this.worstWait = waited;
  }

  loop(node: string, times: number): void {
    const known = this.loops.get(node) ?? { times: 0, calls: 0 };
    this.loops.set(node, { times: Math.max(known.times, times), calls: known.calls + 1 });
  }

  figures(): Pick<Exploration, "seconds" | "dead" | "longestWait" | "loops"> {
    const loops = [...this.loops].map(([node, figures]) => ({ node, ...figures })).sort((a, b) => b.times - a.times || b.calls - a.calls);
    return {
      seconds: spread(this.lengths),
      dead: { ...spread(this.dead), longest: round(this.worstDead.longest / 1000), worst: this.worstDead.node },
      longestWait: { seconds: round(this.worstWait.longest / 1000), node: this.worstWait.node },
      loops: loops.slice(0, 10),
    };
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;

function spread(values: readonly number[]): { mean: number; p95: number; longest: number } {
  if (values.length === 0) return { mean: 0, p95: 0, longest: 0 };
  const sorted = values.toSorted((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean: round(mean), p95: round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))]!), longest: round(sorted.at(-1)!) };
}

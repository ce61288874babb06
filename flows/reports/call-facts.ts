import type { FindFlow } from "../compile/unit.ts";
import { endings, type Ended, type JournalLine } from "../result.ts";
import type { Flow, FlowNode } from "../schema/flow.ts";
import { allNodes } from "../schema/graph.ts";
import { nodeAt } from "./node-at.ts";
import { visitsOf, type Visit } from "./visits.ts";

/**
 * The result of a call; the first that is true, in this order:
 * - `refused`: no flow played (a number on the blacklist, a number without a flow).
 * - `person`: connected to a person by a transfer or a queue, transferred blind, or handled with an operator script.
 * - `abandoned`: asked for a person (reached a queue, a transfer, a callback), was not connected, hung up without a goal.
 * - `later`: asked for a person, was not connected: a callback, a message, a goal on the way, or an apology.
 * - `deflected`: reached a goal of the flow without asking for a person.
 * - `left`: hung up in the menu without a goal and without asking for a person.
 * - `other`: the flow ended it without a goal: closed, refused by the flow, a fault.
 */
export const ways = ["deflected", "person", "abandoned", "later", "left", "other", "refused"] as const;
export type Way = (typeof ways)[number];

/** The counted facts of one call. `reason` is "<node path>:<exit>"; null: no reason given. */
export type CallFacts = { way: Way; goal: boolean; reason: string | null; outcome: string | null; ended: Ended };

/** The name in reports (`analytics`) that makes a node the question of the reason, or the goal of the flow. */
export const reasonMark = "reason";
export const goalMark = "goal";

/** Exits without an answer. */
const noAnswer: ReadonlySet<string> = new Set(["noInput", "invalid", "timeout", "error", "hangup", "abandoned"]);

/** Nodes that look for a person, and the exits by which a person was reached. */
const people: ReadonlyMap<string, readonly string[]> = new Map([
  ["queue", ["answered"]],
  ["transfer", ["ok"]],
  ["connect-operator", ["completed", "hungup"]],
  ["callback", []],
]);

/** Whether a node asks a question with several answers: a menu, or an operator's step with two answers or more. */
const questions = new Map<string, (config: FlowNode["config"]) => boolean>([
  ["menu", () => true],
  ["step", ({ answers }) => Array.isArray(answers) && answers.length > 1],
]);

/**
 * Counts one call. Definitions:
 * - **Goal**: the call passed a node whose name in reports is `goal`. A flow without such nodes has no own goals: any
 *   outcome it came to while the caller was still there counts as one.
 * - **Reason**: the answer to the question whose name in reports is `reason`; a mark on a node that asks nothing is the reason
 *   itself. A flow without such nodes is asked for its first question: the first menu, or step with two answers, that the
 *   call met. Silence, wrong keys and a hang-up are no answer: such a call has no reason given. Where a call answered the
 *   question again, a caller's first answer counts, and an operator's last (going back is a correction).
 * - **Way**: see `ways`.
 *
 * `flow` is the version that played; null when it is lost: the call then has its outcome and whether a person was reached, no
 * reason. `find` gives the flows it plays. Never throws: a node that is in no document counts as neither.
 */
export function callFacts(flow: Flow | null, journal: readonly JournalLine[], find?: FindFlow): CallFacts {
  const last = journal.findLast((line) => line.kind === "end")?.data ?? {};
  const ended = endedOf(last["ended"]);
  const outcome = typeof last["outcome"] === "string" && last["outcome"] !== "" ? last["outcome"] : null;
  if (journal.some((line) => line.kind === "note" && line.data?.["refused"] !== undefined))
    return { way: "refused", goal: false, reason: null, outcome, ended };
  const marks = flow ? marksOf(flow) : { goal: false, reason: false };
  const met = flow ? visitsOf(journal).flatMap((visit) => placed(flow, visit, find)) : [];
  const goal = marks.goal ? met.some(({ node }) => node.analytics === goalMark) : outcome !== null && (ended === "flow" || flow?.kind === "script");
  return { way: wayOf(flow, journal, met, { goal, ended }), goal, reason: reasonOf(flow, met, marks.reason), outcome, ended };
}

type Met = Visit & { node: FlowNode };

/** Nodes that are switched off are passed by, not met. */
function placed(flow: Flow, visit: Visit, find: FindFlow | undefined): Met[] {
  const node = nodeAt(flow, visit.path, find)?.node;
  return node && node.enabled !== false ? [{ ...visit, node }] : [];
}

const known: ReadonlySet<string> = new Set(endings);
const isEnded = (value: unknown): value is Ended => typeof value === "string" && known.has(value);
/** A journal that breaks off is one of a call that a fault ended. */
const endedOf = (value: unknown): Ended => (isEnded(value) ? value : "fault");

const marked = new WeakMap<Flow, { goal: boolean; reason: boolean }>();

/** Whether a flow marks its goals and its question of the reason. */
export function marksOf(flow: Flow): { goal: boolean; reason: boolean } {
  let marks = marked.get(flow);
  if (!marks) {
    const names = new Set(allNodes(flow).map(([, node]) => (node.enabled === false ? "" : node.analytics)));
    marks = { goal: names.has(goalMark), reason: names.has(reasonMark) };
    marked.set(flow, marks);
  }
  return marks;
}

function wayOf(flow: Flow | null, journal: readonly JournalLine[], met: readonly Met[], { goal, ended }: Pick<CallFacts, "goal" | "ended">): Way {
  const joined = journal.some((line) => line.kind === "stimulus" && line.data?.["type"] === "connected");
  if (flow?.kind === "script" || joined || met.some(({ node, exit }) => exit !== null && people.get(node.type)?.includes(exit))) return "person";
  const gone = ended === "caller-hangup";
  if (met.some(({ node }) => people.has(node.type))) return gone && !goal ? "abandoned" : "later";
  if (goal) return "deflected";
  return gone ? "left" : "other";
}

function reasonOf(flow: Flow | null, met: readonly Met[], explicit: boolean): string | null {
  const asked = explicit ? met.filter(({ node }) => node.analytics === reasonMark) : firstQuestion(met);
  const answered = asked.filter(({ exit }) => exit !== null && !noAnswer.has(exit));
  const chosen = flow?.kind === "script" ? answered.at(-1) : answered[0];
  return chosen ? `${chosen.path}:${chosen.exit}` : null;
}

/** Every visit of the first question that the call met. */
function firstQuestion(met: readonly Met[]): readonly Met[] {
  const first = met.find(({ node }) => questions.get(node.type)?.(node.config));
  return first ? met.filter(({ path }) => path === first.path) : [];
}

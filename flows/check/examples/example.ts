import type { Environment } from "../rule.ts";

/** A hand-written document, as read by `parseFlow`. */
export type ExampleNode = { type: string; enabled?: boolean; config: Record<string, unknown>; exits: Record<string, string> };
export type ExampleFlow = {
  sufler: 2;
  id: string;
  kind: string;
  title: object;
  languages: string[];
  outcomes: string[];
  inputs: Record<string, object>;
  variables: Record<string, object>;
  passport?: { purpose?: string; consent?: string; label?: string };
  prompts: Record<string, Record<string, string>>;
  start: string;
  nodes: Record<string, ExampleNode>;
  parts: Record<string, { start: string; nodes: Record<string, ExampleNode> }>;
};
export type Change = (flow: ExampleFlow) => void;

/**
 * The example of a rule: its subject, a change of the good flow that breaks it at `node`, and a near miss that
 * must not be reported. The tests and the documentation page of the checks use it.
 */
export type Example = {
  code: string;
  what: { en: string; ru: string };
  node: string | null;
  breaks: Change;
  near: Change;
  environment?: Environment;
  /** The near miss is in the surroundings, not in the flow. */
  nearEnvironment?: Environment;
  /** The severity of this finding, when it is not the rule's own. */
  severity?: "error" | "warning" | "info";
};

export const node = (type: string, config: Record<string, unknown> = {}, exits: Record<string, string> = {}): ExampleNode => ({ type, config, exits });
export const say = (next: string, prompt = "hello"): ExampleNode => node("say", { prompt }, { next });
export const menu = (one: string, config: Record<string, unknown> = {}): ExampleNode =>
  node("menu", { prompt: "ask", choices: [{ key: "1", phrases: "да" }], ...config }, { "1": one, noInput: "end", invalid: "end" });
export const hangup = (outcome = "done"): ExampleNode => node("hangup", { outcome });
export const finish = (outcome = "done"): ExampleNode => node("finish", { outcome });
export const set = (next: string, name: string, value: string): ExampleNode => node("set", { assign: [{ name, value }] }, { next });
export const http = (config: Record<string, unknown> = {}, exits: Record<string, string> = {}): ExampleNode =>
  node("http", { service: "crm", url: "https://crm.example/", ...config }, { ok: "end", clientError: "end", serverError: "end", error: "end", ...exits });
export const digits = (next: string, config: Record<string, unknown> = {}): ExampleNode =>
  node("collect-digits", { prompt: "ask", saveAs: "number", ...config }, { ok: next, noInput: "end", invalid: "end" });
export const queue = (exits: Record<string, string> = {}): ExampleNode =>
  node("queue", { queue: "sales" }, { answered: "end", timeout: "end", full: "end", closed: "end", error: "end", ...exits });
export const part = (nodes: Record<string, ExampleNode>) => ({ start: Object.keys(nodes)[0]!, nodes });

/** Puts nodes into a flow, the first of them at its start. */
export const begin =
  (nodes: Record<string, ExampleNode>): Change =>
  (flow) => {
    Object.assign(flow.nodes, nodes);
    flow.start = Object.keys(nodes)[0]!;
  };

/** A flow that greets, offers one choice and connects. It has no issues. */
export const goodFlow = (): ExampleFlow => ({
  sufler: 2,
  id: "example",
  kind: "ivr",
  title: {},
  languages: ["ru", "en"],
  outcomes: ["done"],
  inputs: { age: { type: "number" } },
  variables: {},
  prompts: { hello: { ru: "Вам {{ inputs.age }}", en: "You are {{ inputs.age }}" }, ask: { ru: "Соединить? Нажмите один.", en: "Press one to connect." } },
  start: "say",
  nodes: {
    say: say("ask"),
    ask: menu("people", { saveAs: "choice" }),
    people: node("transfer", { target: "100" }, { ok: "end", busy: "end", noAnswer: "end", rejected: "end", error: "end" }),
    end: hangup(),
  },
  parts: {},
});

/** A strategy that dials in working hours and connects an operator. */
export const strategy: Change = (flow) => {
  flow.kind = "strategy";
  flow.passport = { purpose: "survey", consent: "договор", label: "Ромашка, опрос" };
  flow.inputs = {};
  flow.prompts = {};
  flow.start = "hours";
  const tries = Object.fromEntries(["busy", "noAnswer", "rejected", "failed", "unknown"].map((exit) => [exit, "again"]));
  flow.nodes = {
    hours: node("business-hours", { calendar: "office" }, { open: "call", closed: "end", holiday: "end" }),
    call: node("dial", {}, { answered: "operator", ...tries, invalid: "end", denied: "end", error: "end" }),
    operator: node("connect-operator", { queue: "sales" }, { completed: "end", hungup: "end", abandoned: "again", error: "end" }),
    again: node("wait-until", { mode: "retry", rules: [{ outcome: "busy", minutes: 1500 }], maxAttempts: 6 }, { next: "hours", exhausted: "end" }),
    end: finish(),
  };
};

import { compileFlow } from "../../../flows/compile/compile-flow.ts";
import type { Context } from "../../../flows/compile/context.ts";
import { createFlowMachine } from "../../../flows/compile/machine.ts";
import { start, step } from "../../../flows/compile/step.ts";
import type { CallEvent } from "../../../flows/events.ts";
import type { Flow } from "../../../flows/schema/flow.ts";
import { parseFlow } from "../../../flows/schema/parse-flow.ts";

const fails = (to: string) => ({ noInput: to, invalid: to, error: to });

/** A flow of about `size` nodes: groups of eight, each a greeting, a menu, a number, a request and some logic. */
export function benchFlow(size: number): Flow {
  const nodes: Record<string, unknown> = {};
  const groups = Math.max(1, Math.round((size - 1) / 8));
  for (let i = 0; i < groups; i++) {
    const next = i + 1 < groups ? `say-${i + 1}` : "bye";
    nodes[`say-${i}`] = { type: "say", config: { prompt: "hello" }, exits: { next: `menu-${i}` } };
    nodes[`menu-${i}`] = {
      type: "menu",
      config: {
        prompt: "ask",
        saveAs: `choice${i}`,
        choices: [
          { key: "1", value: "sales" },
          { key: "2", value: "help" },
          { key: "3", value: "" },
        ],
      },
      exits: { "1": `set-${i}`, "2": next, "3": next, ...fails("bye") },
    };
    nodes[`set-${i}`] = { type: "set", config: { assign: [{ name: "turn", value: String(i + 1) }] }, exits: { next: `if-${i}` } };
    nodes[`if-${i}`] = { type: "condition", config: { when: "vars.turn > 0" }, exits: { yes: `num-${i}`, no: "bye" } };
    nodes[`num-${i}`] = { type: "collect-digits", config: { prompt: "ask", saveAs: `number${i}`, max: 6 }, exits: { ok: `http-${i}`, ...fails("bye") } };
    nodes[`http-${i}`] = {
      type: "http",
      config: { service: "crm", url: "https://crm.example/{{ vars.turn }}" },
      exits: { ok: `end-${i}`, clientError: "bye", serverError: "bye", timeout: "bye", error: "bye" },
    };
    nodes[`end-${i}`] = { type: "condition", config: { when: "vars.turn > 0" }, exits: { yes: `tell-${i}`, no: "bye" } };
    nodes[`tell-${i}`] = { type: "say", config: { prompt: "hello" }, exits: { next } };
  }
  nodes["bye"] = { type: "hangup", config: { outcome: "done" } };
  const prompts = { hello: { ru: "Здравствуйте! Вы позвонили в компанию.", en: "Hello." }, ask: { ru: "Нажмите один.", en: "Press one." } };
  const { flow, issues } = parseFlow({
    sufler: 2,
    id: "bench",
    kind: "ivr",
    title: {},
    languages: ["ru", "en"],
    outcomes: ["done"],
    prompts,
    start: "say-0",
    nodes,
  });
  if (!flow) throw new Error(issues[0]!.message.en);
  return flow;
}

/** What the world and the caller say to it, up to `events` of them: the same list for every engine. */
export function benchEvents(flow: Flow, events: number): CallEvent[] {
  const machine = createFlowMachine(compileFlow(flow));
  const list: CallEvent[] = [];
  let now = start(machine, { at: 0 });
  let at = 0;
  while (!now.done && list.length < events) {
    at += 700;
    const event = nextEvent(now.snapshot.context as Context, at);
    list.push(event);
    now = step(machine, now.snapshot, event);
  }
  return list;
}

function nextEvent(context: Context, at: number): CallEvent {
  const [pending] = Object.values(context.pending);
  if (!pending) throw new Error("nothing is awaited");
  const [id, act] = Object.entries(pending.acts)[0] ?? [];
  if (id && act?.do === "play") return { type: "played", at, id, ms: 600 };
  if (id) return { type: "reply", at, id, exit: act?.do === "http" ? "ok" : "next" };
  const { digits } = pending.state as { digits: string };
  const number = pending.id.startsWith("num");
  return { type: "digit", at, digit: !number ? "1" : digits.length < 2 ? "4" : "#", leg: "A" };
}

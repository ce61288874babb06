import { Hono, type Context } from "hono";
import { z } from "zod";
import type { FlowVariable } from "../../flows/schema/flow.ts";
import { inputProblems } from "../../flows/schema/input-value.ts";
import { valueSchema, type Value } from "../../flows/schema/values.ts";
import type { ScriptRun } from "../calls/run-script.ts";
import type { HttpDeps } from "./deps.ts";
import { body, cannotStart, describe, notFound, problem } from "./problem.ts";

const fields = z.record(z.string().max(50), valueSchema).default({});
const beginBody = z.object({
  flow: z.string().max(60),
  operator: z.string().max(100).default(""),
  caller: z.string().max(60).default(""),
  inputs: z.record(z.string(), valueSchema).default({}),
});

/** A fact with the words of the flow: the title of the input and, of a choice, what the chosen value is called. */
const toldFact = (input: FlowVariable | undefined, name: string, value: Value) => ({
  name,
  title: input?.title ?? {},
  value,
  words: input?.options?.find((option) => option.value === value)?.title ?? null,
});

const shownRun = (run: ScriptRun) => ({
  id: run.call.id,
  flow: run.flow.id,
  version: run.call.version,
  title: run.flow.title,
  startedAt: run.call.startedAt,
  operator: run.call.operator,
  caller: run.call.caller,
  done: run.done,
  outcome: run.context.outcome,
  shown: run.shown,
  trail: run.trail,
  result: run.context.result,
  hungup: run.context.gone !== null,
  card: run.card,
  told: Object.entries(run.told).map(([name, value]) => toldFact(run.flow.inputs[name], name, value)),
});

/** The operator's desk: one script run at a time per card, everything typed is stored before it is acknowledged. */
export function deskRoutes({ desk, calls }: HttpDeps) {
  const withRun = async (c: Context, work: (run: ScriptRun) => Promise<Response | void>): Promise<Response> => {
    const run = desk.get(c.req.param("id") ?? "");
    if (!run) return notFound(c);
    return (await work(run)) ?? c.json(shownRun(run));
  };
  return new Hono()
    .get("/scripts", describe("desk", "Published scripts"), async (c) => {
      const flows = (await calls.store.flows.all()).filter((flow) => flow.kind === "script" && flow.live !== null);
      const scripts = await Promise.all(
        flows.map(async (flow) => ({
          flow: flow.id,
          title: flow.title,
          version: flow.live!,
          inputs: (await calls.store.flows.version(flow.id, flow.live!))?.inputs ?? {},
        })),
      );
      return c.json({ scripts });
    })
    .get("/runs", describe("desk", "Unfinished runs"), (c) =>
      c.json({
        runs: desk
          .all()
          .filter((run) => !run.done)
          .map(shownRun),
      }),
    )
    .post("/runs", describe("desk", "Start a script"), body(beginBody), async (c) => {
      const wish = c.req.valid("json");
      const live = await calls.store.flows.alias(wish.flow, "live");
      const script = live === null ? null : await calls.store.flows.version(wish.flow, live);
      const wrong = script ? inputProblems(script.inputs, wish.inputs)[0] : undefined;
      if (wrong) return problem(c, 422, "bad-input", wrong.message.ru, wrong.message.en, { input: wrong.name });
      try {
        return c.json(shownRun(await desk.begin(wish)), 201);
      } catch (error) {
        return cannotStart(c, error);
      }
    })
    .get("/runs/:id", describe("desk", "A run"), (c) => withRun(c, async () => undefined))
    .post("/runs/:id/fill", describe("desk", "Keep what is typed"), body(z.object({ fields })), (c) =>
      withRun(c, async (run) => run.fill(c.req.valid("json").fields)),
    )
    .post("/runs/:id/choose", describe("desk", "Choose an answer"), body(z.object({ answer: z.string().max(60).default(""), fields })), (c) =>
      withRun(c, async (run) => {
        const { answer, fields: typed } = c.req.valid("json");
        const chosen = await run.choose(answer, typed);
        if (chosen.ok) return undefined;
        return problem(c, 422, chosen.reason, "ответ не принят: заполните обязательные поля", "the answer was not taken: fill in the required fields", {
          fields: chosen.fields,
        });
      }),
    )
    .post("/runs/:id/back", describe("desk", "Back, losing nothing"), body(z.object({ index: z.number().int().min(0).optional() })), (c) =>
      withRun(c, async (run) => void (await run.back(c.req.valid("json").index))),
    )
    .post("/runs/:id/hangup", describe("desk", "The caller has gone"), (c) => withRun(c, async (run) => run.hangup()));
}

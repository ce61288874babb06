import { Hono, type Context } from "hono";
import { z } from "zod";
import { resultTitles, resultWords } from "../../flows/reports/result-words.ts";
import { outcomeTitle } from "../../flows/reports/titles.ts";
import type { Flow, FlowVariable } from "../../flows/schema/flow.ts";
import { inputProblems } from "../../flows/schema/input-value.ts";
import { valueSchema, type Localized, type Value } from "../../flows/schema/values.ts";
import type { Refusal, ScriptRun } from "../calls/run-script.ts";
import { typedNumber } from "../routing/normalize-number.ts";
import type { HttpDeps } from "./deps.ts";
import { body, cannotStart, describe, notFound, problem } from "./problem.ts";

const fields = z.record(z.string().max(50), valueSchema).default({});
const shown = z.string().max(200).optional();
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

const titles = new WeakMap<Flow, ReturnType<typeof resultTitles>>();
function titlesOf(flow: Flow): ReturnType<typeof resultTitles> {
  let known = titles.get(flow);
  if (!known) titles.set(flow, (known = resultTitles(flow)));
  return known;
}

const outcomeWords = (flow: Flow, outcome: string): Localized =>
  Object.fromEntries(flow.languages.flatMap((language) => [[language, outcomeTitle(flow, outcome, language) ?? outcome]]));

/** Why the desk refuses: for a program, its status, and in words. */
const refusals: Record<Refusal | "held", { status: 409 | 422; ru: string; en: string }> = {
  invalid: { status: 422, ru: "ответ не принят: исправьте отмеченные поля", en: "the answer was not accepted: fix the marked fields" },
  required: { status: 422, ru: "ответ не принят: заполните обязательные поля", en: "the answer was not accepted: fill in the required fields" },
  "unknown-answer": { status: 422, ru: "у этого шага нет такого ответа", en: "this step has no such answer" },
  "nothing-shown": { status: 409, ru: "сценарий ждёт ответа сервиса: подождите", en: "the script is waiting for a service: try again in a moment" },
  "moved-on": { status: 409, ru: "сценарий уже на другом шаге: карточка обновлена", en: "the script has moved to another step: the card has been reloaded" },
  ended: { status: 409, ru: "карточка уже закрыта", en: "the card is already closed" },
  held: {
    status: 409,
    ru: "карточка открыта в другом окне: заберите её себе, чтобы писать",
    en: "the card is open in another window: take it over to edit it",
  },
};

const refused = (c: Context, reason: Refusal | "held", fields: readonly string[] = []): Response => {
  const { status, ru, en } = refusals[reason];
  return problem(c, status, reason, ru, en, { fields });
};

/** The window that asks: a page names itself, so that two of them do not write on one card. A program need not. */
const deskOf = (c: Context): string | null => (c.req.header("sufler-desk") ?? c.req.query("desk"))?.slice(0, 60) || null;

const shownRun = (run: ScriptRun, desk: string | null = null) => ({
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
  hungup: run.context.call["ended"] === true,
  unfinished: run.context.unfinished === true,
  card: run.card,
  held: run.hold.isAnothers(desk),
  outcomeWords: run.context.outcome ? outcomeWords(run.flow, run.context.outcome) : null,
  known: Object.entries(run.context.result).map(([name, value]) => ({ name, value, ...resultWords(titlesOf(run.flow), name, value) })),
  told: Object.entries(run.told).map(([name, value]) => toldFact(run.flow.inputs[name], name, value)),
});

/** The operator's desk: one script run per card, every input is stored before it is acknowledged. */
export function deskRoutes(deps: HttpDeps) {
  return listRoutes(deps).route("/", cardRoutes(deps));
}

function listRoutes({ desk, calls }: HttpDeps) {
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
    .get("/runs", describe("desk", "Unfinished runs, newest first; ?operator= filters by operator"), (c) => {
      const operator = c.req.query("operator");
      const runs = desk.all().filter((run) => !run.done && (operator === undefined || run.call.operator === operator));
      return c.json({ runs: runs.map((run) => shownRun(run, deskOf(c))).toSorted((a, b) => b.startedAt - a.startedAt) });
    })
    .post("/runs", describe("desk", "Start a script"), body(beginBody), async (c) => {
      const wish = c.req.valid("json");
      const live = await calls.store.flows.alias(wish.flow, "live");
      const script = live === null ? null : await calls.store.flows.version(wish.flow, live);
      const wrong = script ? inputProblems(script.inputs, wish.inputs)[0] : undefined;
      if (wrong) return problem(c, 422, "bad-input", wrong.message.ru, wrong.message.en, { input: wrong.name });
      const caller = wish.caller.trim() === "" ? "" : typedNumber(wish.caller, calls.country);
      if (caller === null) return problem(c, 422, "bad-caller", `«${wish.caller}» — не номер телефона`, `"${wish.caller}" is not a phone number`);
      try {
        const run = await desk.begin({ ...wish, caller });
        run.hold.claim(deskOf(c));
        return c.json(shownRun(run, deskOf(c)), 201);
      } catch (error) {
        return cannotStart(c, error);
      }
    });
}

function cardRoutes({ desk }: HttpDeps) {
  const withRun = async (c: Context, work: (run: ScriptRun) => Promise<Response | void>): Promise<Response> => {
    const run = desk.get(c.req.param("id") ?? "");
    if (!run) return notFound(c);
    return (await work(run)) ?? c.json(shownRun(run, deskOf(c)));
  };
  /** Work that writes on the card: for the window that holds it only; the first one that writes holds it. */
  const onCard = (c: Context, work: (run: ScriptRun) => Promise<Response | void>): Promise<Response> =>
    withRun(c, async (run) => (run.hold.claim(deskOf(c)) ? work(run) : refused(c, "held")));
  return new Hono()
    .get("/runs/:id", describe("desk", "A run"), (c) => withRun(c, async () => undefined))
    .post("/runs/:id/fill", describe("desk", "Save typed values"), body(z.object({ fields, shown })), (c) =>
      onCard(c, async (run) => {
        const { fields: typed, shown: step } = c.req.valid("json");
        const kept = await run.fill(typed, step);
        return kept.ok ? undefined : refused(c, kept.reason);
      }),
    )
    .post("/runs/:id/choose", describe("desk", "Choose an answer"), body(z.object({ answer: z.string().max(60).default(""), fields, shown })), (c) =>
      onCard(c, async (run) => {
        const { answer, fields: typed, shown: step } = c.req.valid("json");
        const chosen = await run.choose(answer, typed, step);
        return chosen.ok ? undefined : refused(c, chosen.reason, chosen.fields);
      }),
    )
    .post("/runs/:id/back", describe("desk", "Go back one step, keeping all values"), body(z.object({ index: z.number().int().min(0).optional() })), (c) =>
      onCard(c, async (run) => void (await run.back(c.req.valid("json").index))),
    )
    .post("/runs/:id/hangup", describe("desk", "The customer hung up; the card stays open until it has a disposition"), (c) =>
      onCard(c, async (run) => run.hangup()),
    )
    .post("/runs/:id/leave", describe("desk", "Leave the card unfinished: it ends without a disposition and keeps its values"), (c) =>
      onCard(c, async (run) => run.leave()),
    )
    .post("/runs/:id/take", describe("desk", "Take the card over from another window"), (c) => withRun(c, async (run) => run.hold.take(deskOf(c))))
    .post("/runs/:id/release", describe("desk", "Release the card when the window closes"), (c) => withRun(c, async (run) => run.hold.release(deskOf(c))));
}

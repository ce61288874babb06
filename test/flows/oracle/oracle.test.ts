import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileFlow } from "../../../flows/compile/compile-flow.ts";
import type { Context } from "../../../flows/compile/context.ts";
import { createFlowMachine } from "../../../flows/compile/machine.ts";
import { start, step, type Step } from "../../../flows/compile/step.ts";
import type { CallEvent } from "../../../flows/events.ts";
import type { JournalLine } from "../../../flows/result.ts";
import { parseFlow } from "../../../flows/schema/parse-flow.ts";
import type { Doc } from "./decide.ts";
import { Oracle, type Told } from "./oracle.ts";
import { randomGraph } from "./random-graph.ts";

/** One random stimulus: a number picks its kind and what it is about. */
function eventFrom(choice: number, under: string[], at: number): CallEvent {
  const id = under[choice % Math.max(1, under.length)] ?? "nobody#1";
  const digits = "0123456789*#11111##";
  const events: CallEvent[] = [
    { type: "digit", at, digit: digits[choice % digits.length]!, leg: "A" },
    { type: "digit", at, digit: "1", leg: "A" },
    { type: "tick", at },
    { type: "played", at, id, ms: 100 },
    { type: "played", at, id, ms: 100 },
    { type: "reply", at, id, exit: ["next", "ok", "busy", "nonsense", "timeout"][choice % 5]! },
    { type: "reply", at, id, exit: "error", fault: { code: "network", message: "down" } },
    { type: "connected", at, id },
    { type: "hangup", at, by: "caller" },
  ];
  // A hang-up ends most calls: rarer than the rest.
  const kind = choice % 61 === 0 ? 8 : choice % 8;
  return events[kind]!;
}

function toldBy(now: Step, entered: string[]): Told {
  const context = now.snapshot.context as Context;
  const end = now.journal.find((line) => line.kind === "end");
  return {
    asks: now.asks.map((ask) => `${ask.id} ${ask.command.do}`),
    cancels: now.cancels,
    due: now.due,
    done: now.done,
    entered,
    outcome: context.outcome,
    ended: end ? String(end.data!["ended"]) : null,
  };
}

const enteredIn = (journal: readonly JournalLine[]) => journal.filter((line) => line.kind === "entered" && !line.node.startsWith("~")).map((line) => line.node);
const sorted = (told: Told): Told => ({ ...told, asks: told.asks.toSorted(), cancels: told.cancels.toSorted(), entered: told.entered.toSorted() });

describe("an interpreter written by hand", () => {
  test("goes the same way, asks the same and saves the same on 10,000 random flows with random callers", () => {
    fc.assert(
      fc.property(randomGraph, fc.array(fc.nat(100_000), { maxLength: 30 }), (document, choices) => {
        const { flow, issues } = parseFlow(structuredClone(document));
        if (!flow) throw new Error(issues[0]!.message.en);
        const machine = createFlowMachine(compileFlow(flow));
        let mine = start(machine, { at: 0 });
        const oracle = new Oracle(flow as unknown as Doc, Object.keys((mine.snapshot.context as Context).vars));
        expect(sorted(toldBy(mine, enteredIn(mine.journal)))).toEqual(sorted(oracle.start()));
        let at = 0;
        for (const choice of choices) {
          if (mine.done) break;
          const pending = (mine.snapshot.context as Context).pending;
          const under = Object.values(pending).flatMap((item) => Object.keys(item.acts));
          at += choice % 4000;
          const event = eventFrom(choice, under, at);
          mine = step(machine, mine.snapshot, event);
          expect(sorted(toldBy(mine, enteredIn(mine.journal)))).toEqual(sorted(oracle.send(event)));
          expect((mine.snapshot.context as Context).vars).toEqual(oracle.vars);
        }
      }),
      { numRuns: 10_000 },
    );
  }, 600_000);
});

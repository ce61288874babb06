import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attemptExits } from "../../flows/nodes/dial/node.ts";
import { attemptOutcomeNames, attemptOutcomes } from "../../flows/strategy/attempt-outcomes.ts";
import type { HangupCause } from "../../runtime/ports/telephony.ts";
import { answeredOutcome, attemptOutcome, outcomeOverrides, trunkVerdict, type AnswerSigns } from "../../runtime/campaigns/outcomes.ts";

const said = (sipStatus: number, q850: number) => {
  const { detail, class: kind, outcome } = attemptOutcome({ by: "remote", ...(sipStatus ? { sipStatus } : {}), ...(q850 ? { q850 } : {}) });
  return `${detail} ${kind} ${outcome}`;
};

describe("how an attempt ended", () => {
  test.each<[number, number, string]>([
    [486, 0, "busy soft busy"],
    [600, 17, "busy soft busy"],
    [0, 17, "busy soft busy"],
    [487, 0, "noAnswer soft noAnswer"],
    [487, 102, "noAnswer soft noAnswer"],
    [408, 0, "techError technical failed"],
    [408, 41, "congestion technical failed"],
    [408, 102, "techError technical failed"],
    [480, 18, "noAnswer soft noAnswer"],
    [480, 20, "unreachable soft noAnswer"],
    [404, 1, "invalidNumber hard invalid"],
    [604, 0, "invalidNumber hard invalid"],
    [485, 0, "invalidNumber hard invalid"],
    [484, 28, "badFormat hard invalid"],
    [410, 22, "numberChanged hard invalid"],
    [603, 21, "rejected soft rejected"],
    [607, 0, "unwanted compliance rejected"],
    [608, 0, "blocked config failed"],
    [403, 0, "carrierDenied config failed"],
    [401, 0, "carrierDenied config failed"],
    [407, 0, "carrierDenied config failed"],
    [503, 34, "congestion technical failed"],
    [503, 0, "congestion technical failed"],
    [503, 17, "busy soft busy"],
    [500, 0, "techError technical failed"],
    [504, 127, "techError technical failed"],
    [0, 38, "congestion technical failed"],
    [0, 0, "techError technical failed"],
    [488, 0, "techError technical failed"],
    [400, 0, "techError technical failed"],
    [402, 0, "carrierDenied config failed"],
    [433, 0, "rejected soft rejected"],
    [483, 0, "techError technical failed"],
    [302, 0, "techError technical failed"],
    [699, 0, "rejected soft rejected"],
  ])("SIP %i, Q.850 %i → %s", (sipStatus, q850, expected) => expect(said(sipStatus, q850)).toBe(expected));

  test("our own refusal is not the number's fault", () => {
    expect(attemptOutcome({ by: "local", failure: "unknownTrunk" })).toMatchObject({ detail: "carrierDenied", outcome: "failed" });
    expect(attemptOutcome({ by: "local", failure: "badNumber" })).toMatchObject({ detail: "badFormat", outcome: "invalid" });
  });

  test.each<[HangupCause, string, "failed" | "works" | "nothing"]>([
    [{ by: "network", failure: "noReply" }, "techError technical failed", "failed"],
    [{ by: "network", failure: "unreachable" }, "techError technical failed", "failed"],
    [{ by: "network", failure: "noRinging" }, "techError technical failed", "failed"],
    [{ by: "local", failure: "noCodec" }, "techError technical failed", "failed"],
    [{ by: "local", failure: "noCodec", sipStatus: 200, rang: true }, "flowFault soft failed", "failed"],
    [{ by: "local", failure: "unknownTrunk" }, "carrierDenied config failed", "failed"],
    [{ by: "local", failure: "cancelled" }, "techError technical failed", "nothing"],
    [{ by: "local", failure: "noLines" }, "congestion technical failed", "nothing"],
    [{ by: "local", failure: "notReady" }, "techError technical failed", "nothing"],
    [{ by: "local", failure: "badNumber" }, "badFormat hard invalid", "nothing"],
    [{ by: "local", failure: "noAnswer", rang: true }, "noAnswer soft noAnswer", "works"],
    [{ by: "remote", sipStatus: 408, rang: true }, "noAnswer soft noAnswer", "works"],
    [{ by: "remote", sipStatus: 408 }, "techError technical failed", "failed"],
    [{ by: "remote", sipStatus: 403 }, "carrierDenied config failed", "failed"],
    [{ by: "remote", sipStatus: 503 }, "congestion technical failed", "failed"],
    [{ by: "remote", sipStatus: 480 }, "noAnswer soft noAnswer", "works"],
    [{ by: "remote", sipStatus: 404 }, "invalidNumber hard invalid", "works"],
    [{ by: "remote", sipStatus: 608 }, "blocked config failed", "works"],
  ])("%j → %s; the trunk: %s", (cause, expected, trunk) => {
    const ending = attemptOutcome(cause);
    expect(`${ending.detail} ${ending.class} ${ending.outcome}`).toBe(expected);
    expect(trunkVerdict(ending, cause)).toBe(trunk);
  });

  test("a trunk may mean something else: the first line that fits", () => {
    const own = outcomeOverrides.parse([
      { sip: 480, q850: 31, outcome: "congestion" },
      { sip: 480, outcome: "busy" },
      { q850: 20, outcome: "invalidNumber" },
    ]);
    expect(attemptOutcome({ by: "remote", sipStatus: 480, q850: 31 }, own).detail).toBe("congestion");
    expect(attemptOutcome({ by: "remote", sipStatus: 480, q850: 18 }, own).detail).toBe("busy");
    expect(attemptOutcome({ by: "remote", sipStatus: 404, q850: 20 }, own).detail).toBe("invalidNumber");
    expect(attemptOutcome({ by: "remote", sipStatus: 486 }, own).detail).toBe("busy");
  });

  test.each([[[{ sip: 200, outcome: "busy" }]], [[{ outcome: "busy" }]], [[{ sip: 480, outcome: "asleep" }]], [[{ q850: 128, outcome: "busy" }]]])(
    "a table like %j is refused",
    (table) => expect(outcomeOverrides.safeParse(table).success).toBe(false),
  );

  test.each<[AnswerSigns, string]>([
    [{}, "human"],
    [{ heard: "human" }, "human"],
    [{ heard: "unsure" }, "unknownAnswer"],
    [{ heard: "machine" }, "machine"],
    [{ heard: "machineBeep", nobodyFree: true }, "machineBeep"],
    [{ heard: "fax" }, "fax"],
    [{ heard: "modem" }, "modem"],
    [{ heard: "silence" }, "deadAir"],
    [{ nobodyFree: true }, "abandoned"],
    [{ nobodyFree: true, leftAfterMs: 1_500 }, "shortAnswer"],
    [{ nobodyFree: true, leftAfterMs: 2_000 }, "abandoned"],
    [{ leftAfterMs: 1_999 }, "shortAnswer"],
    [{ tone: "IC" }, "intercept"],
    [{ tone: "VC" }, "vacantCode"],
    [{ tone: "RO" }, "reorder"],
    [{ tone: "NC" }, "noCircuit"],
    [{ tone: "other" }, "sitUnknown"],
  ])("answered %j → %s", (signs, expected) => expect(answeredOutcome(signs).detail).toBe(expected));

  test("every outcome leaves by an exit that `dial` has", () => {
    const exits: readonly string[] = [...attemptExits, "machine", "fax"];
    expect(attemptOutcomeNames.filter((name) => !exits.includes(attemptOutcomes[name].exit))).toEqual([]);
  });

  test("any status and cause, from any trunk table, has an outcome; failures of lines are never the number's fault", () => {
    fc.assert(
      fc.property(fc.nat(999), fc.nat(127), (sipStatus, q850) => {
        const { detail, class: kind, outcome } = attemptOutcome({ by: "remote", sipStatus, q850 });
        expect(attemptOutcomeNames).toContain(detail);
        if (sipStatus >= 500 && sipStatus < 600 && (q850 === 0 || q850 === 34)) expect([kind, outcome]).toEqual(["technical", "failed"]);
      }),
      { numRuns: 500 },
    );
  });
});

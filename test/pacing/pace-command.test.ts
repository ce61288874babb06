import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../journeys/process.ts";

/** `sufler pace` as it is typed. */
const pace = (...args: string[]) => run(join(import.meta.dirname, "..", "..", "bin", "sufler.mjs"), ["pace", ...args], {});

describe("sufler pace", () => {
  test("bound gives occupancy and abandonment, as data and as a sentence", async () => {
    const team = ["--agents", "10", "--answer-rate", "0.3"];
    const { code, output } = await pace("bound", ...team, "--json");
    const bound = JSON.parse(output) as { occupancy: number; abandonment: number };
    expect(code).toBe(0);
    expect(Object.keys(bound)).toEqual(["occupancy", "abandonment"]);
    expect(bound.occupancy).toBeCloseTo(0.8628, 3);
    expect((await pace("bound", ...team)).output).toContain("86.28 %");
    const patient = JSON.parse((await pace("bound", ...team, "--patience", "20", "--handle", "200", "--json")).output) as typeof bound;
    expect(patient.occupancy).toBeGreaterThan(bound.occupancy);
  });

  test.each(["ours", "vicidial", "progressive", "preview", "ratio"])("simulate --law %s has every figure", async (law) => {
    const { code, output } = await pace(
      "simulate",
      "--law",
      law,
      "--agents",
      "5",
      "--answer-rate",
      "0.3",
      "--world",
      "W1",
      "--hours",
      "2",
      "--days",
      "3",
      "--json",
    );
    expect(code).toBe(0);
    const figures = JSON.parse(output) as Record<string, number>;
    for (const name of ["occupancy", "abandonment", "worstDay", "perOperatorHour", "idleP95", "waitP99", "dials", "tickP99us"]) {
      expect(figures[name], name).toBeTypeOf("number");
    }
    expect(figures["dials"]).toBeGreaterThan(100);
    expect(figures["occupancy"]).toBeLessThanOrEqual(1);
  });

  test("forecast says when a list will be done; a longer list takes longer", async () => {
    const ask = async (contacts: number) =>
      JSON.parse(
        (await pace("forecast", "--contacts", String(contacts), "--agents", "10", "--answer-rate", "0.3", "--runs", "5", "--retry-after", "0", "--json"))
          .output,
      ) as {
        hours: { median: number; from: number; to: number };
        conversations: { median: number };
        abandonment: { median: number };
      };
    const [small, large] = [await ask(500), await ask(2000)];
    expect(small.hours.from).toBeLessThanOrEqual(small.hours.median);
    expect(large.hours.median).toBeGreaterThan(2 * small.hours.median);
    // Three attempts at 30 % find 65.7 % of a list; some of those who answer are abandoned, and the last dials may still be out.
    expect(Math.abs(large.conversations.median / 2000 - 0.657)).toBeLessThan(0.05);
    expect(large.abandonment.median).toBeLessThan(0.04);
  });

  test("the end of a list waits for those who are due again", async () => {
    const ask = async (hours: number) =>
      JSON.parse(
        (await pace("forecast", "--contacts", "600", "--agents", "10", "--answer-rate", "0.3", "--runs", "3", "--retry-after", String(hours), "--json")).output,
      ) as { hours: { median: number; from: number }; days: { median: number }; dials: { median: number } };
    const [atOnce, later, nextDay] = [await ask(0), await ask(2), await ask(27)];
    expect(atOnce.hours.median).toBeLessThan(4);
    expect(later.hours.from).toBeGreaterThanOrEqual(4);
    // The second attempt comes three hours into the second day at the earliest, the third six hours into the third.
    expect(nextDay.hours.from).toBeGreaterThanOrEqual(22);
    expect(nextDay.days.median).toBe(3);
    // Nobody is dialled more or less often for it: n · (1 − (1 − p)³) / p.
    for (const { dials } of [atOnce, later, nextDay]) expect(Math.abs(dials.median / ((600 * (1 - 0.7 ** 3)) / 0.3) - 1)).toBeLessThan(0.06);
  });

  test.each([
    [["guess"], "pace bound"],
    [["bound", "--agents", "10"], "--answer-rate"],
    [["bound", "--agents", "0", "--answer-rate", "0.3"], "--agents"],
    [["bound", "--agents", "100000", "--answer-rate", "0.3"], "--agents"],
    [["simulate", "--agents", "5", "--answer-rate", "0.3", "--law", "magic"], "--law"],
    [["simulate", "--agents", "5", "--answer-rate", "0.3", "--world", "W9"], "--world"],
    [["simulate", "--agents", "5", "--answer-rate", "nine"], "--answer-rate"],
    [["simulate", "--agents", "5", "--answer-rate", "0.3", "--setting", "x"], "--setting"],
    [["forecast", "--agents", "5", "--answer-rate", "0.3"], "--contacts"],
    [["forecast", "--agents", "5", "--answer-rate", "0.3", "--contacts", "1.5"], "whole number"],
    [["forecast", "--agents", "5", "--answer-rate", "0.3", "--contacts", "5", "--retry-after", "-1"], "--retry-after"],
  ])("%j says what is wrong", async (args, says) => {
    const { code, output } = await pace(...args);
    expect(code).toBe(2);
    expect(output).toContain(says);
  });
});

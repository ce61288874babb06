import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crmMethods } from "../../flows/commands.ts";
import { describeNumber } from "../../flows/nodes/caller-info/describe-number.ts";
import { matchesNumber } from "../../flows/nodes/list/match-number.ts";
import { demoCrm } from "../../flows/simulate/demo-crm.ts";
import { phoneKey } from "../../flows/simulate/same-phone.ts";
import { countOf, storedWorld } from "../../flows/simulate/stored-world.ts";
import { conversationSchema } from "../../flows/simulate/conversation.ts";

const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 12 });

describe("entries of a list", () => {
  test("a mask matches as the same regular expression does", () => {
    const mask = fc.string({ unit: fc.constantFrom(..."01*?"), minLength: 1, maxLength: 8 });
    const number = fc.string({ unit: fc.constantFrom(..."01"), maxLength: 10 });
    const oracle = (each: string, text: string) => new RegExp(`^${each.replaceAll("*", "[01]*").replaceAll("?", "[01]")}$`).test(text);
    fc.assert(fc.property(mask, number, (each, text) => matchesNumber(each, text, "mask") === oracle(each, text)));
  });
  test("every beginning of a number is its prefix, and nothing longer is", () => {
    fc.assert(
      fc.property(digits, fc.nat(), (number, cut) => {
        const entry = number.slice(0, 1 + (cut % number.length));
        expect(matchesNumber(entry, number, "prefix")).toBe(true);
        expect(matchesNumber(`${number}0`, number, "prefix")).toBe(false);
      }),
    );
  });
  test("many stars do not take long", () => {
    expect(matchesNumber("*1".repeat(30), "1".repeat(59) + "2", "mask")).toBe(false);
  });
});

test.each([
  ["+74951234567", "Москва", "fixed"],
  ["8 (812) 123-45-67", "Санкт-Петербург", "fixed"],
  ["+79241234567", "", "mobile"],
  ["88005553535", "", "tollfree"],
  ["+442071234567", "", "fixed"],
  ["+77272500000", "", "fixed"],
  ["12", "", "unknown"],
])("%s is of «%s», %s", (text, region, type) => expect(describeNumber(text, "RU")).toMatchObject({ region, type, hidden: false }));

test("a number is described whatever comes", () => {
  fc.assert(fc.property(fc.string(), (text) => typeof describeNumber(text, "RU").number === "string"));
});

test("one number in any dress has one key", () => {
  expect(new Set(["+79990000001", "8 (999) 000-00-01", "9990000001", "7 999 000 00 01"].map(phoneKey))).toEqual(new Set(["79990000001"]));
});

const given = (value: unknown) => conversationSchema.parse({ title: "", given: value, talk: [], expect: {} }).given;

test("runs share nothing of what the conversation gives", () => {
  const one = given({ tables: { prices: { tea: { price: 1 } } }, switches: { night: true } });
  const world = storedWorld(one);
  world.tables["prices"]!["tea"]!["price"] = 2;
  world.switches["night"] = false;
  expect(storedWorld(one)).toMatchObject({ tables: { prices: { tea: { price: 1 } } }, switches: { night: true } });
});

test("a count is of the window that ends now", () => {
  const world = storedWorld(given({ counters: { calls: { a: 5 } } }));
  world.counted.push({ counter: "calls", key: "b", at: 1_000 }, { counter: "calls", key: "b", at: 61_000 });
  expect([countOf(world, "calls", "b", 60_000, 61_000), countOf(world, "calls", "b", 0, 61_000), countOf(world, "calls", "a", 60_000, 61_000)]).toEqual([
    1, 2, 5,
  ]);
});

describe("the demo connector", () => {
  const at = Date.parse("2026-11-23T10:00:00+03:00");
  test.each(crmMethods)("%s answers anything", (method) => {
    const crm = demoCrm("Europe/Moscow");
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.string()), (params) => crm.ask(method, params, "", at).exit !== ""));
  });
  test("one key makes one record, and its slot is taken from others", () => {
    const crm = demoCrm("Europe/Moscow");
    const params = { slot: "2026-11-24T10:00" };
    const first = crm.ask("createRecord", params, "call:node", at);
    expect(crm.ask("createRecord", params, "call:node", at)).toEqual(first);
    expect(crm.ask("createRecord", params, "other:node", at)).toEqual({ exit: "conflict", value: { slot: params.slot, reason: "busy" } });
    expect(JSON.stringify(crm.ask("slots", { date: "2026-11-24" }, "", at).value)).not.toContain("T10:00");
  });
  test("a conflict does not use up the key: another slot can be taken", () => {
    const crm = demoCrm("Europe/Moscow");
    expect(crm.ask("createRecord", { slot: "2026-11-24T12:00" }, "k", at).exit).toBe("conflict");
    expect(crm.ask("createRecord", { slot: "2026-11-24T14:00" }, "k", at).exit).toBe("ok");
  });
});

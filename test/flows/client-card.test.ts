import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardOf, mostBlocks, mostLines, mostRows } from "../../flows/nodes/screen-pop/card.ts";
import { cardIn } from "../../flows/nodes/screen-pop/card-in.ts";
import type { Value } from "../../flows/schema/values.ts";

/** The client's card: what an operator takes in at a glance. */
type Pop = Parameters<typeof cardOf>[0];
const pop = (more: Partial<Pop> = {}): Pop => ({ do: "screenPop", title: "Анна", url: "", data: {}, digest: [], blocks: [], language: "ru", ...more });
const block = (list: Value, more: Partial<Pop["blocks"][number]> = {}) => ({ title: "Заказы", list, row: "№{id} · {status}", newest: "at", most: 5, ...more });
const rows = (list: Value, more: Partial<Pop["blocks"][number]> = {}, language = "ru") => cardOf(pop({ blocks: [block(list, more)], language })).blocks[0]!;

const orders: Value = [
  { id: 1, status: "едет", at: "2026-11-20T10:00:00+03:00" },
  { id: 2, status: "собран", at: "2026-11-26" },
  { id: 3, status: "ждёт" },
  { id: 4, status: "отменён", at: "2026-11-20T09:00:00+03:00" },
];

describe("client's card", () => {
  test("the newest on top, what has no date last, what is left out is counted", () => {
    expect(rows(orders)).toEqual({ title: "Заказы", rows: ["№2 · собран", "№1 · едет", "№4 · отменён", "№3 · ждёт"], more: 0 });
    expect(rows(orders, { most: 1 })).toMatchObject({ rows: ["№2 · собран"], more: 3 });
    expect(rows(orders, { newest: "" }).rows[0]).toBe("№1 · едет");
  });

  test.each([
    ["{at}", "ru", ["26.11.2026", "20.11.2026 10:00", "20.11.2026 09:00"]],
    ["{at}", "en", ["26/11/2026", "20/11/2026 10:00", "20/11/2026 09:00"]],
    ["{ none }{client.name}", "ru", []],
    ["№{id}{toString}", "ru", ["№2", "№1", "№4", "№3"]],
  ])("row %s in %s", (row, language, expected) => expect(rows(orders, { row }, language).rows).toEqual(expected));

  test("plain values are rows of their own; what is no list has none", () => {
    expect(rows(["звонил вчера", 7], { newest: "" }).rows).toEqual(["звонил вчера", "7"]);
    for (const list of [null, 5, "text", { a: 1 }]) expect(rows(list)).toMatchObject({ rows: [], more: 0 });
  });

  test("seven lines: the digest first, then the fields; empty ones take no place", () => {
    const digest = Array.from({ length: 6 }, (_, n) => ({ label: `l${n}`, text: n === 2 ? "  " : `t${n}` }));
    const { lines } = cardOf(pop({ digest, data: { sum: 1200.5, none: null, last: "2026-11-26", more: "x" } }));
    expect(lines.map(({ label }) => label)).toEqual(["l0", "l1", "l3", "l4", "l5", "sum", "last"]);
    expect(lines.at(-1)!.text).toBe("26.11.2026");
  });

  test.each([
    ["https://crm.example/7", "https://crm.example/7"],
    ["javascript:alert(1)", ""],
    ["//crm.example", ""],
    ["", ""],
  ])("address %s is opened as %s", (url, opened) => expect(cardOf(pop({ url })).url).toBe(opened));

  test("whatever the data are, the card is bounded and nothing throws", () => {
    const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Value>;
    const text = fc.oneof(fc.string({ maxLength: 400 }), fc.constantFrom("{id}", "{a.b}", "{__proto__}", "{", "at"));
    const anyBlock = fc.record({
      title: text,
      list: fc.oneof(value, fc.array(value, { maxLength: 40 })),
      row: text,
      newest: text,
      most: fc.integer({ min: -3, max: 99 }),
    });
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 8 }), fc.dictionary(text, value, { maxKeys: 12 }), (blocks, data) => {
        const card = cardOf(pop({ blocks, data }));
        expect(card.lines.length).toBeLessThanOrEqual(mostLines);
        expect(card.blocks.length).toBeLessThanOrEqual(mostBlocks);
        for (const { rows: shown, more } of card.blocks) {
          expect(shown.length).toBeLessThanOrEqual(mostRows);
          expect(more).toBeGreaterThanOrEqual(0);
          for (const row of shown) expect(row.length).toBeLessThanOrEqual(300);
        }
      }),
    );
  });

  test("a screen shows the last card of a journal", () => {
    const line = (title: string) => ({ at: 0, node: "pop", kind: "note" as const, data: { card: cardOf(pop({ title })) } });
    expect(cardIn([line("one"), line("two"), { at: 1, node: "a", kind: "note", data: { message: "x" } }])?.title).toBe("two");
    expect(cardIn([])).toBeNull();
  });
});

import { expect, test } from "vitest";
import { sql } from "../../runtime/store/database.ts";
import { prepared, preparedRows } from "../../runtime/store/prepared.ts";

test("a prepared query is built once and says what a fresh one says, for any values", () => {
  let built = 0;
  const fresh = (number: string, at: number, flow: string | null) =>
    sql
      .selectFrom("numbers")
      .selectAll()
      .where((eb) => eb.or([eb("number", "=", number), eb("note", "=", String("fixed"))]))
      .where("flow", "is not", flow as never)
      .limit(at);
  const kept = prepared((number: string, flow: string) => (built++, fresh(number, 7, flow)));
  for (const [number, flow] of [
    ["1", "a"],
    ["", "b"],
    ["it's", "c"],
  ] as const) {
    const [a, b] = [kept(number, flow).compile(), fresh(number, 7, flow).compile()];
    expect([a.sql, a.parameters]).toEqual([b.sql, b.parameters]);
  }
  expect(built).toBe(1);
});

test("prepared rows: each number of rows is built once; empty values are values", () => {
  let built = 0;
  type Row = { number: string; flow: string; alias: string; note: string };
  const fresh = (rows: Row[]) => sql.insertInto("numbers").values(rows);
  const kept = preparedRows<Row, unknown>(["number", "flow", "alias", "note"], (rows) => (built++, fresh(rows)));
  const row = (number: string): Row => ({ number, flow: "", alias: "live", note: null as unknown as string });
  for (const rows of [[row("1")], [row("2"), row("3")], [row("4")], [row("5"), row("6")]]) {
    const [a, b] = [kept(rows).compile(), fresh(rows).compile()];
    expect([a.sql, a.parameters]).toEqual([b.sql, b.parameters]);
  }
  expect(built).toBe(2);
});

import { Hono, type Context } from "hono";
import { z } from "zod";
import { idSchema } from "../../flows/schema/ids.ts";
import { localizedSchema, valueSchema } from "../../flows/schema/values.ts";
import { importLimits } from "../campaigns/contacts/import-contacts.ts";
import { previewInWorker, tableInWorker } from "../campaigns/contacts/read-csv.ts";
import type { Keyset, TableRow } from "../ports/data-store.ts";
import type { ImportError } from "../ports/store.ts";
import { cell, mapPages, pagesOf, streamedCsv } from "./csv-stream.ts";
import type { HttpDeps } from "./deps.ts";
import { pageQuery } from "./environment.ts";
import { guardCsv } from "./guard-csv.ts";
import { body, describe, notFound, problem, query } from "./problem.ts";

const column = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^."]+$/, "a column's name has no dots and quotes");
const tableBody = z.object({ title: localizedSchema, columns: z.array(column).max(importLimits.columns) });
const rowBody = z.object({
  values: z.record(z.string().max(60), valueSchema).refine(isExact, {
    error: "a number has too many digits to be stored exactly: send it as text",
    params: { ru: "в числе больше цифр, чем хранится точно: пришлите его текстом" },
  }),
});
const csvText = z.string().max(importLimits.bytes);
const importBody = z.object({ csv: csvText, key: z.string().max(200), replace: z.boolean().default(false) });
/** Whether no number of a JSON body has lost digits when it was read. */
function isExact(value: unknown): boolean {
  if (typeof value === "number") return Number.isInteger(value) ? Number.isSafeInteger(value) : true;
  return typeof value !== "object" || value === null || Object.values(value).every(isExact);
}

/** Bad rows told in the answer. */
const toldErrors = 1_000;
/** "campaign" names the table of the own campaign. */
const reserved = "campaign";

export const badName = (c: Context) => problem(c, 400, "invalid", "имя: латинские буквы, цифры и дефис", "name: use lower-case letters, digits and hyphens");

/** Tables that flows read and write by key. */
export function tableRoutes(deps: HttpDeps) {
  const { tables } = deps.calls.store;
  return new Hono()
    .get("/", describe("tables", "All tables"), async (c) => c.json({ tables: await tables.all() }))
    .put("/:name", describe("tables", "Create a table, or change its title and columns"), body(tableBody), async (c) => {
      const name = idSchema.safeParse(c.req.param("name"));
      if (!name.success || name.data === reserved) return badName(c);
      const { title, columns } = c.req.valid("json");
      await tables.put(name.data, title, [...new Set(columns)]);
      return c.body(null, 204);
    })
    .delete("/:name", describe("tables", "Delete a table with its rows"), async (c) => {
      await tables.remove(c.req.param("name"));
      return c.body(null, 204);
    })
    .route("/", rowRoutes(deps))
    .route("/", csvRoutes(deps));
}

type WithTable = (c: Context, act: (table: TableRow) => Promise<Response>) => Promise<Response>;
const withTable =
  ({ calls }: HttpDeps): WithTable =>
  async (c, act) => {
    const table = await calls.store.tables.find(c.req.param("name") ?? "");
    return table ? act(table) : notFound(c);
  };

function rowRoutes(deps: HttpDeps) {
  const { clock, store } = deps.calls;
  const of = withTable(deps);
  return new Hono()
    .get("/:name/rows", describe("tables", "Rows of a table"), query(pageQuery), (c) =>
      of(c, async (table) => c.json(await store.tables.rows(table.name, c.req.valid("query")))),
    )
    .put("/:name/rows/:key", describe("tables", "Write a row"), body(rowBody), (c) =>
      of(c, async (table) => {
        const key = c.req.param("key").trim();
        if (key === "" || key.length > 200) return problem(c, 422, "bad-key", "ключ строки: от 1 до 200 знаков", "the row key must have 1 to 200 characters");
        await store.tables.replace(table.name, [{ key, values: c.req.valid("json").values }], clock.now());
        return c.body(null, 204);
      }),
    )
    .delete("/:name/rows/:key", describe("tables", "Delete a row"), (c) =>
      of(c, async (table) => {
        await store.tables.drop(table.name, c.req.param("key"));
        return c.body(null, 204);
      }),
    );
}

function csvRoutes(deps: HttpDeps) {
  const { clock, store } = deps.calls;
  const of = withTable(deps);
  return new Hono()
    .post("/:name/preview", describe("tables", "Columns and first rows of a CSV file"), body(z.object({ csv: csvText })), (c) =>
      guardCsv(c, async () => c.json(await previewInWorker(c.req.valid("json").csv))),
    )
    .post("/:name/import", describe("tables", "Import rows from a CSV file; every rejected row is reported"), body(importBody), (c) =>
      of(c, (table) =>
        guardCsv(c, async () => {
          const { csv, key, replace } = c.req.valid("json");
          const told: ImportError[] = [];
          const { taken, bad, notes } = await tableInWorker(csv, key, {
            async begin({ columns }) {
              if (replace) await store.tables.remove(table.name);
              await store.tables.put(table.name, table.title, replace ? columns : [...new Set([...table.columns, ...columns])]);
            },
            rows: (part) => store.tables.replace(table.name, part, clock.now()),
            errors: async (part) => void told.push(...part.slice(0, toldErrors - told.length)),
          });
          return c.json({ taken, errors: told, bad, notes });
        }),
      ),
    )
    .get("/:name/rows.csv", describe("tables", "The table as CSV"), (c) =>
      of(c, async (table) => {
        const pages = () =>
          pagesOf(
            (page: Keyset<string>) => store.tables.rowsAfter(table.name, page),
            (row) => row.key,
          );
        const named = new Set(table.columns);
        const extra = new Set<string>();
        for await (const page of pages()) for (const row of page) for (const name of Object.keys(row.values)) if (!named.has(name)) extra.add(name);
        const columns = [...named, ...extra];
        return streamedCsv(
          `${table.name}.csv`,
          ["key", ...columns],
          mapPages(pages(), ({ key, values }) => [key, ...columns.map((name) => cell(values[name]))]),
        );
      }),
    );
}

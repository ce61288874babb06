import { Hono } from "hono";
import { z } from "zod";
import { valueSchema } from "../../flows/schema/values.ts";
import { importLimits } from "../campaigns/contacts/import-contacts.ts";
import { peopleInWorker, previewInWorker } from "../campaigns/contacts/read-csv.ts";
import { typedNumber } from "../routing/normalize-number.ts";
import type { Keyset } from "../ports/data-store.ts";
import type { ImportError } from "../ports/store.ts";
import { AnswerColumns, mapPages, pagesOf, streamedCsv } from "./csv-stream.ts";
import type { HttpDeps } from "./deps.ts";
import { pageQuery } from "./environment.ts";
import { guardCsv } from "./guard-csv.ts";
import { body, describe, problem, query } from "./problem.ts";

const personBody = z.object({
  name: z.string().max(200).default(""),
  fields: z.record(z.string().trim().min(1).max(60), valueSchema).default({}),
  groups: z.array(z.string().trim().min(1).max(60)).max(50).default([]),
});
const csvText = z.string().max(importLimits.bytes);
const columnName = z.string().min(1).max(200);
const importBody = z.object({
  csv: csvText,
  mapping: z.object({ phone: columnName, name: columnName.optional(), groups: columnName.optional() }),
  group: z.string().trim().max(60).default(""),
});
/** Bad rows told in the answer. */
const toldErrors = 1_000;
const peopleQuery = pageQuery.extend({ group: z.string().max(60).default("") });

/** The contact book used by the nodes "contact" and "set". */
export function peopleRoutes({ calls }: HttpDeps) {
  const { people } = calls.store;
  return new Hono()
    .get("/", describe("contacts", "People and their groups"), query(peopleQuery), async (c) => {
      const [found, groups] = await Promise.all([people.list(c.req.valid("query")), people.groups()]);
      return c.json({ ...found, groups });
    })
    .post("/preview", describe("contacts", "Columns and first rows of a CSV file, with the detected mapping"), body(z.object({ csv: csvText })), (c) =>
      guardCsv(c, async () => c.json(await previewInWorker(c.req.valid("json").csv))),
    )
    .post(
      "/import",
      describe("contacts", "Import people from a CSV file; existing contacts are updated; every rejected row is reported"),
      body(importBody),
      (c) =>
        guardCsv(c, async () => {
          const { csv, mapping, group } = c.req.valid("json");
          const told: ImportError[] = [];
          const { taken, bad, notes } = await peopleInWorker(csv, mapping, group, calls.country, {
            rows: (part) => people.mergeAll(part, calls.clock.now()),
            errors: async (part) => void told.push(...part.slice(0, toldErrors - told.length)),
          });
          return c.json({ taken, errors: told, bad, notes });
        }),
    )
    .put("/:phone", describe("contacts", "Save a person"), body(personBody), async (c) => {
      const phone = typedNumber(c.req.param("phone"), calls.country);
      if (phone === null) return problem(c, 422, "not-a-number", "это не номер телефона", "not a valid phone number");
      const { groups, ...rest } = c.req.valid("json");
      await people.put({ phone, ...rest, groups: [...new Set(groups)], updatedAt: calls.clock.now() });
      return c.json({ phone });
    })
    .delete("/:phone", describe("contacts", "Delete a person"), async (c) => {
      await people.remove(c.req.param("phone"));
      return c.body(null, 204);
    });
}

/** The same as a table. */
export function peopleCsv({ calls }: HttpDeps) {
  return new Hono().get("/", describe("contacts", "The contact book as CSV"), query(peopleQuery), async (c) => {
    const { search, group } = c.req.valid("query");
    const pages = () =>
      pagesOf(
        (page: Keyset<string>) => calls.store.people.after({ search, group }, page),
        (person) => person.phone,
      );
    const columns = new AnswerColumns();
    for await (const page of pages()) for (const person of page) columns.see(person.fields);
    const { names, cells } = columns.done();
    return streamedCsv(
      "contacts.csv",
      ["phone", "name", "groups", ...names],
      mapPages(pages(), (person) => [person.phone, person.name, person.groups.join(", "), ...cells(person.fields)]),
    );
  });
}

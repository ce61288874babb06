import { Hono } from "hono";
import Papa from "papaparse";
import { z } from "zod";
import { valueSchema } from "../../flows/schema/values.ts";
import { importLimits } from "../campaigns/contacts/import-contacts.ts";
import { peopleInWorker, previewInWorker } from "../campaigns/contacts/read-csv.ts";
import { parseNumber } from "../routing/normalize-number.ts";
import { cell, csvResponse } from "./calls.ts";
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
const peopleQuery = pageQuery.extend({ group: z.string().max(60).default("") });

/** The contacts book that the nodes "contact" and "set" work with. */
export function peopleRoutes({ calls }: HttpDeps) {
  const { people } = calls.store;
  return new Hono()
    .get("/", describe("contacts", "People and their groups"), query(peopleQuery), async (c) => {
      const [found, groups] = await Promise.all([people.list(c.req.valid("query")), people.groups()]);
      return c.json({ ...found, groups });
    })
    .post("/preview", describe("contacts", "Columns and first rows of a CSV, and what they are taken for"), body(z.object({ csv: csvText })), (c) =>
      guardCsv(c, async () => c.json(await previewInWorker(c.req.valid("json").csv))),
    )
    .post("/import", describe("contacts", "People from a CSV; those known already get the fields; every bad row is reported"), body(importBody), (c) =>
      guardCsv(c, async () => {
        const { csv, mapping, group } = c.req.valid("json");
        const read = await peopleInWorker(csv, mapping, group, calls.country);
        await people.mergeAll(read.people, calls.clock.now());
        return c.json({ taken: read.people.length, errors: read.errors.slice(0, 1_000), bad: read.errors.length });
      }),
    )
    .put("/:phone", describe("contacts", "Save a person"), body(personBody), async (c) => {
      const phone = parseNumber(c.req.param("phone"), calls.country);
      if (phone === null) return problem(c, 422, "not-a-number", "это не номер телефона", "this is not a telephone number");
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
  return new Hono().get("/", describe("contacts", "The contacts book as CSV"), query(peopleQuery), async (c) => {
    const { people } = await calls.store.people.list({ ...c.req.valid("query"), limit: 30_000, offset: 0 });
    const names = [...new Set(people.flatMap((person) => Object.keys(person.fields)))].sort();
    const rows = people.map((person) => [person.phone, person.name, person.groups.join(", "), ...names.map((name) => cell(person.fields[name]))]);
    return csvResponse(Papa.unparse({ fields: ["phone", "name", "groups", ...names], data: rows }, { escapeFormulae: true }), "contacts.csv");
  });
}

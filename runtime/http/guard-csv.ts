import type { Context } from "hono";
import { CsvError } from "../campaigns/contacts/import-contacts.ts";
import { problem } from "./problem.ts";

/** A CSV file that cannot be parsed gives 422 with the reason. */
export async function guardCsv(c: Context, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CsvError) return problem(c, 422, `csv-${error.code}`, `CSV не читается: ${error.ru}`, error.message);
    throw error;
  }
}

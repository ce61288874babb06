import { setImmediate as turn } from "node:timers/promises";
import Papa from "papaparse";
import type { Value } from "../../flows/schema/values.ts";

/** Rows read and written at a time: a few milliseconds of this thread, so that no call waits for an export. */
export const pageSize = 250;

/** All rows of a list, page after page. */
export async function* pagesOf<T, K>(read: (page: { after: K | null; limit: number }) => Promise<T[]>, keyOf: (row: T) => K): AsyncGenerator<T[]> {
  for (let after: K | null = null; ;) {
    const rows: T[] = await read({ after, limit: pageSize });
    if (rows.length > 0) yield rows;
    // Answers of the store's thread that are there already come before everything else: the others get their turn here.
    await turn();
    const last = rows.at(-1);
    if (rows.length < pageSize || last === undefined) return;
    after = keyOf(last);
  }
}

export const cell = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

/** A text that a spreadsheet would take for a formula gets an apostrophe, also one that already has it, so that the import takes off one. Numbers are numbers. */
const guarded = (value: unknown): unknown =>
  typeof value === "string" && /^'*[=+\-@\t\r]/.test(value) && !/^-?\d+(?:\.\d+)?$/.test(value) ? `'${value}` : value;

/** A CSV that is made while it is sent: UTF-8 with a mark, so that spreadsheets read Cyrillic; formulae are escaped. */
export function streamedCsv(name: string, fields: readonly string[], pages: AsyncGenerator<(readonly unknown[])[]>): Response {
  const encoder = new TextEncoder();
  const lines = (rows: readonly (readonly unknown[])[]) => encoder.encode(`${Papa.unparse(rows.map((row) => row.map(guarded)))}\r\n`);
  let begun = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!begun) {
        begun = true;
        controller.enqueue(encoder.encode("\uFEFF"));
        return controller.enqueue(lines([fields]));
      }
      const { done, value } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(lines(value));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return new Response(body, { headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${name}"` } });
}

export async function* mapPages<T>(pages: AsyncGenerator<T[]>, rowOf: (row: T) => readonly unknown[]): AsyncGenerator<(readonly unknown[])[]> {
  for await (const page of pages) yield page.map(rowOf);
}

/** A map with more keys than this stays one column, as JSON. */
const widestMap = 50;

/** Columns for values by name: a map becomes a column for each of its keys, so that every answer has its own. */
export class AnswerColumns {
  private readonly keys = new Map<string, Set<string>>();

  see(values: Record<string, Value>): void {
    for (const [name, value] of Object.entries(values)) {
      let known = this.keys.get(name);
      if (!known) this.keys.set(name, (known = new Set()));
      if (isMap(value) && known.size <= widestMap) for (const key of Object.keys(value)) known.add(key);
    }
  }

  /** Names of the columns, and the cells of one row in their order. */
  done(prefix = ""): { names: string[]; cells(values: Record<string, Value>): string[] } {
    const columns = [...this.keys]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, keys]) => {
        const wide = keys.size > 0 && keys.size <= widestMap;
        const inside = wide
          ? [...keys].toSorted().map((key) => ({ title: `${prefix}${name}_${key}`, of: (value: Value | undefined) => (isMap(value) ? value[key] : undefined) }))
          : [];
        // What is no map has the column of the name itself.
        return [{ title: `${prefix}${name}`, of: (value: Value | undefined) => (wide && isMap(value) ? undefined : value) }, ...inside].map((column) => ({
          ...column,
          name,
        }));
      });
    return { names: columns.map((column) => column.title), cells: (values) => columns.map((column) => cell(column.of(values[column.name]))) };
  }
}

const isMap = (value: Value | undefined): value is Record<string, Value> => typeof value === "object" && value !== null && !Array.isArray(value);

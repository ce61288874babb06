import { Worker } from "node:worker_threads";
import type { ContactRow, ImportError } from "../../ports/store.ts";
import type { ImportOptions, Preview } from "./import-contacts.ts";
import type { ImportReply, ImportWork } from "./import-worker.ts";
import type { PeopleMapping, ReadPeople } from "./read-people.ts";
import type { ReadTable } from "./read-table.ts";
import { CsvError } from "./sheet.ts";

/** For reading; writing what was read takes as long as it takes. */
const limitMs = 60_000;

/** What an importer does with the parts of a file, in their order; the next part waits for it. */
export type Taking<T, H = Head> = {
  begin?(head: H): Promise<void>;
  rows(part: T[]): Promise<void>;
  errors(part: ImportError[]): Promise<void>;
};
/** How many rows were good and bad, and remarks on the columns. */
export type Head = { taken: number; bad: number; notes: string[] };

/** Columns and first rows of a CSV. Rejects with CsvError. */
export const previewInWorker = (csv: string): Promise<Preview> => run<Preview, never>({ preview: csv }, { rows: async () => {}, errors: async () => {} });

/** Contacts and bad rows of a CSV, in parts; ids are `<prefix>-<n>`. Rejects with CsvError before the first part. */
export const importInWorker = (options: Omit<ImportOptions, "nextId">, prefix: string, taking: Taking<ContactRow>): Promise<Head> =>
  run({ import: options, prefix }, taking);

/** Rows of a table from a CSV, in parts. Rejects with CsvError before the first part. */
export const tableInWorker = (
  csv: string,
  key: string,
  taking: Taking<ReadTable["rows"][number], Head & { columns: string[] }>,
): Promise<Head & { columns: string[] }> => run({ table: csv, key }, taking);

/** People of the contact book from a CSV, in parts. Rejects with CsvError before the first part. */
export const peopleInWorker = (
  csv: string,
  mapping: PeopleMapping,
  group: string,
  country: string,
  taking: Taking<ReadPeople["people"][number]>,
): Promise<Head> => run({ people: csv, mapping, group, country }, taking);

function run<H extends object, T>(work: ImportWork, taking: Taking<T, H>): Promise<H> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./import-worker.ts", import.meta.url), { workerData: work, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    let head: H;
    const end = (act: () => void) => {
      clearTimeout(timer);
      act();
      void worker.terminate();
    };
    const timer = setTimeout(
      () => end(() => reject(new CsvError("too-slow", "reading the file took too long: split it", "файл читается слишком долго: разделите его"))),
      limitMs,
    );
    const take = async (reply: ImportReply): Promise<void> => {
      if ("failed" in reply)
        throw reply.failed.code === null ? new Error(reply.failed.message) : new CsvError(reply.failed.code, reply.failed.message, reply.failed.ru);
      if ("end" in reply) return end(() => resolve(head));
      clearTimeout(timer);
      if ("head" in reply) {
        head = reply.head as H;
        await taking.begin?.(head);
      } else if ("rows" in reply) await taking.rows(reply.rows as T[]);
      else await taking.errors(reply.errors as ImportError[]);
      worker.postMessage("next");
    };
    worker.on("message", (reply: ImportReply) => void take(reply).catch((error: unknown) => end(() => reject(error))));
    worker.once("error", (error) =>
      end(() => reject(new CsvError("too-large", `the file cannot be read: ${error.message}`, `файл не читается: ${error.message}`))),
    );
    worker.once("exit", () => end(() => reject(new CsvError("too-large", "the file cannot be read", "файл не читается"))));
  });
}

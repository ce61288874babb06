import { Worker } from "node:worker_threads";
import { CsvError, type Imported, type ImportOptions, type Preview } from "./import-contacts.ts";
import type { ImportWork } from "./import-worker.ts";
import type { PeopleMapping, ReadPeople } from "./read-people.ts";
import type { ReadTable } from "./read-table.ts";

const limitMs = 60_000;

/** Columns and first rows of a CSV. Rejects with CsvError. */
export const previewInWorker = (csv: string): Promise<Preview> => run({ preview: csv });

/** Contacts and bad rows of a CSV; ids are `<prefix>-<n>`. Rejects with CsvError. */
export const importInWorker = (options: Omit<ImportOptions, "nextId">, prefix: string): Promise<Imported> => run({ import: options, prefix });

/** Rows of a table from a CSV. Rejects with CsvError. */
export const tableInWorker = (csv: string, key: string): Promise<ReadTable> => run({ table: csv, key });

/** People of the contacts book from a CSV. Rejects with CsvError. */
export const peopleInWorker = (csv: string, mapping: PeopleMapping, group: string, country: string): Promise<ReadPeople> =>
  run({ people: csv, mapping, group, country });

type Answer<T> = { done: T } | { failed: { message: string; code: string | null } };

function run<T>(work: ImportWork): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./import-worker.ts", import.meta.url), { workerData: work, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    const end = (act: () => void) => {
      clearTimeout(timer);
      act();
      void worker.terminate();
    };
    const timer = setTimeout(() => end(() => reject(new CsvError("too-slow", "the file takes too long to read: split it"))), limitMs);
    worker.once("message", (answer: Answer<T>) =>
      end(() => {
        if ("done" in answer) resolve(answer.done);
        else reject(answer.failed.code === null ? new Error(answer.failed.message) : new CsvError(answer.failed.code, answer.failed.message));
      }),
    );
    worker.once("error", (error) => end(() => reject(new CsvError("too-large", `the file cannot be read: ${error.message}`))));
    worker.once("exit", () => end(() => reject(new CsvError("too-large", "the file cannot be read"))));
  });
}

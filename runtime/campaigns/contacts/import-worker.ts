import { parentPort, workerData } from "node:worker_threads";
import { CsvError, importContacts, previewCsv, type ImportOptions } from "./import-contacts.ts";

/** A CSV is read on a thread of its own: a large one must not hold up calls. */
export type ImportWork = { preview: string } | { import: Omit<ImportOptions, "nextId">; prefix: string };

const work = workerData as ImportWork;
try {
  let count = 0;
  const done = "preview" in work ? previewCsv(work.preview) : importContacts({ ...work.import, nextId: () => `${work.prefix}-${(count += 1)}` });
  parentPort!.postMessage({ done });
} catch (error) {
  const { message } = error as Error;
  parentPort!.postMessage({ failed: { message, code: error instanceof CsvError ? error.code : null } });
}

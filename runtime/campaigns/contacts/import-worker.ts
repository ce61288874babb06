import { parentPort, workerData } from "node:worker_threads";
import { readPeople, type PeopleMapping } from "./read-people.ts";
import { readTable } from "./read-table.ts";
import { CsvError, importContacts, previewCsv, type ImportOptions } from "./import-contacts.ts";

/** A CSV is read on a thread of its own: a large one must not hold up calls. */
export type ImportWork =
  | { preview: string }
  | { import: Omit<ImportOptions, "nextId">; prefix: string }
  | { table: string; key: string }
  | { people: string; mapping: PeopleMapping; group: string; country: string };

const work = workerData as ImportWork;
let count = 0;

function done() {
  if ("preview" in work) return previewCsv(work.preview);
  if ("people" in work) return readPeople(work.people, work.mapping, work.group, work.country);
  if ("table" in work) return readTable(work.table, work.key);
  return importContacts({ ...work.import, nextId: () => `${work.prefix}-${(count += 1)}` });
}

try {
  parentPort!.postMessage({ done: done() });
} catch (error) {
  const { message } = error as Error;
  parentPort!.postMessage({ failed: { message, code: error instanceof CsvError ? error.code : null } });
}

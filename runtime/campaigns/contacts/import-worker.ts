import { parentPort, workerData } from "node:worker_threads";
import { contactsOf, previewCsv, readCsv, type ImportOptions } from "./import-contacts.ts";
import { peopleOf, type PeopleMapping } from "./read-people.ts";
import { tableOf } from "./read-table.ts";
import { CsvError } from "./sheet.ts";

/** A CSV file is parsed on its own thread, so that a large file does not delay calls. */
export type ImportWork =
  | { preview: string }
  | { import: Omit<ImportOptions, "nextId">; prefix: string }
  | { table: string; key: string }
  | { people: string; mapping: PeopleMapping; group: string; country: string };

/** First what is known of the whole, then rows and bad rows in parts, each after it was asked for. */
export type ImportReply =
  | { head: object }
  | { rows: unknown[] }
  | { errors: unknown[] }
  | { end: true }
  | { failed: { message: string; ru: string; code: string | null } };

const partRows = 500;
const work = workerData as ImportWork;
const port = parentPort!;
let count = 0;

type Read = { head: object; rows: readonly unknown[]; errors: readonly unknown[] };

function read(): Read {
  if ("preview" in work) return { head: previewCsv(work.preview), rows: [], errors: [] };
  if ("people" in work) {
    const { people, errors, notes } = peopleOf(readCsv(work.people), work.mapping, work.group, work.country);
    return { head: { taken: people.length, bad: errors.length, notes }, rows: people, errors };
  }
  if ("table" in work) {
    const { columns, rows, errors, notes } = tableOf(readCsv(work.table), work.key);
    return { head: { columns, taken: rows.length, bad: errors.length, notes }, rows, errors };
  }
  const { csv, ...options } = work.import;
  const { contacts, errors, notes } = contactsOf(readCsv(csv), { ...options, nextId: () => `${work.prefix}-${String((count += 1)).padStart(7, "0")}` });
  return { head: { taken: contacts.length, bad: errors.length, notes }, rows: contacts, errors };
}

function* replies({ head, rows, errors }: Read): Generator<ImportReply> {
  yield { head };
  for (let at = 0; at < rows.length; at += partRows) yield { rows: rows.slice(at, at + partRows) };
  for (let at = 0; at < errors.length; at += partRows) yield { errors: errors.slice(at, at + partRows) };
  yield { end: true };
}

try {
  const all = replies(read());
  const next = () => port.postMessage(all.next().value);
  port.on("message", next);
  next();
} catch (error) {
  const { message } = error as Error;
  port.postMessage({
    failed: { message, ...(error instanceof CsvError ? { ru: error.ru, code: error.code } : { ru: message, code: null }) },
  } satisfies ImportReply);
}

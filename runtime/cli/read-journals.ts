import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import type { JournalLine } from "../../flows/result.ts";
import { problemWords } from "../../flows/schema/problem-words.ts";
import { valueSchema } from "../../flows/schema/values.ts";

const kinds = ["entered", "ask", "heard", "stimulus", "attempt", "reply", "cancelled", "left", "fault", "result", "note", "end"] as const;
const lineSchema = z.object({ at: z.number(), node: z.string(), kind: z.enum(kinds), data: z.record(z.string(), valueSchema).optional() });
const headSchema = z.object({ call: z.string().optional(), flow: z.string().optional() });
const callSchema = z.union([z.array(lineSchema), headSchema.extend({ lines: z.array(lineSchema) }), headSchema.extend({ journal: z.array(lineSchema) })]);
const mostBytes = 256 * 1024 * 1024;

/** Journals in a file: one call as JSON (as the API gives it), or one a line (JSONL). Throws with the file and line. */
export function journalsIn(file: string): { name: string; journal: JournalLine[] }[] {
  const { size } = statSync(file);
  if (size > mostBytes) throw new Error(`${file} is larger than 256 MB`);
  const text = readFileSync(file, "utf8");
  const many = file.endsWith(".jsonl");
  const pieces = many ? text.split("\n").map((piece, index) => ({ piece, where: `${file}:${index + 1}` })) : [{ piece: text, where: file }];
  return pieces
    .filter(({ piece }) => piece.trim() !== "")
    .map(({ piece, where }, index) => {
      const { call, journal } = callIn(piece, where);
      return { name: call || (many ? `${basename(file)} ${index + 1}` : basename(file)), journal };
    });
}

/** The journal of one call as JSON, with its id and its flow where it names them. Throws with the place. */
export function callIn(text: string, where: string): { call?: string | undefined; flow?: string | undefined; journal: JournalLine[] } {
  const read = parsed(text, where);
  if (Array.isArray(read)) return { journal: read as JournalLine[] };
  return { call: read.call, flow: read.flow, journal: ("lines" in read ? read.lines : read.journal) as JournalLine[] };
}

function parsed(text: string, where: string): z.infer<typeof callSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${where}: not valid JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const { success, data, error } = callSchema.safeParse(value);
  if (success) return data;
  throw new Error(`${where}: not a call journal: ${error.issues[0] ? problemWords(error.issues[0], "en") : ""}`);
}

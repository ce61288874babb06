import type { Command } from "../../commands.ts";
import { show } from "../../expressions/show.ts";
import { readMoment } from "../../schema/read-moment.ts";
import { inZone } from "../../language/zoned.ts";
import type { Value } from "../../schema/values.ts";
import { momentOf } from "../../strategy/moment-of.ts";

/** Limits for a quick look: lines, blocks and rows per block. */
export const mostLines = 7;
export const mostBlocks = 5;
export const mostRows = 20;
const longestText = 300;

/** The customer card of an operator, fully rendered. */
export type OperatorCard = {
  title: string;
  /** An http or https URL, or nothing: other URLs are not opened. */
  url: string;
  lines: { label: string; text: string }[];
  /** `more`: the number of omitted rows. */
  blocks: { title: string; rows: string[]; more: number }[];
};
type ScreenPop = Extract<Command, { do: "screenPop" }>;
type Reader = { language: string; zone: string };
type Block = ScreenPop["blocks"][number];

/**
 * The card of a `screenPop`: first the lines of the digest, then the card's fields, empty ones left out, at most 7 together;
 * up to 5 blocks with the newest rows first. Whatever the data are, it is bounded and never throws: a list that is none has
 * no rows, a moment that is none is the oldest.
 */
export function cardOf({ title, url, data, digest, blocks, language, zone = "" }: ScreenPop): OperatorCard {
  const fields = Object.entries(data).map(([label, value]) => ({ label, text: written(value, { language, zone }) }));
  const lines = [...digest, ...fields].map(({ label, text }) => ({ label, text: short(text) })).filter(({ text }) => text !== "");
  return {
    title: short(title),
    url: /^https?:\/\//i.test(url) ? url : "",
    lines: lines.slice(0, mostLines),
    blocks: blocks.slice(0, mostBlocks).map((block) => drawn(block, { language, zone })),
  };
}

function drawn({ title, list, row, newest, most }: Block, reader: Reader): OperatorCard["blocks"][number] {
  const items = Array.isArray(list) ? list : [];
  const sorted = newest === "" ? items : items.toSorted((a, b) => orderOf(b, newest) - orderOf(a, newest) || 0);
  const rows = sorted.map((item) => rowOf(item, row, reader)).filter(Boolean);
  const shown = rows.slice(0, Math.max(0, Math.min(most, mostRows)));
  return { title: short(title), rows: shown, more: rows.length - shown.length };
}

/** "№{id} · {status}": each field of the item in its place. A row without a pattern, or of a plain value, is the value. */
function rowOf(item: Value, pattern: string, reader: Reader): string {
  if (pattern === "" || !isMap(item)) return short(written(item, reader));
  return short(pattern.replace(/\{\s*([\w.]+)\s*\}/g, (_all, path: string) => written(at(item, path), reader)));
}

const isMap = (value: Value | undefined): value is Record<string, Value> => typeof value === "object" && value !== null && !Array.isArray(value);

function at(value: Value, path: string): Value {
  let found: Value = value;
  for (const name of path.split(".")) found = isMap(found) && Object.hasOwn(found, name) ? (found[name] ?? null) : null;
  return found;
}

/** Milliseconds of a date, a moment or a number; the oldest of all when it is none. Finite, so that two of them can be compared. */
function orderOf(item: Value, field: string): number {
  const value = at(item, field);
  const moment = typeof value === "number" ? value : typeof value === "string" ? momentOf(value, "UTC") : null;
  return moment !== null && Number.isFinite(moment) ? moment : -Number.MAX_SAFE_INTEGER;
}

/** A date as people write it in the language of the card, an instant by the clock of the call; everything else as texts show it. */
function written(value: Value, { language, zone }: Reader): string {
  const moment = typeof value === "string" ? readMoment(value) : null;
  if (!moment?.date) return show(value);
  const [written = "", time] = inZone(moment, zone).split("T");
  const [year, month, day] = written.split("-");
  const date = language === "ru" ? `${day}.${month}.${year}` : `${day}/${month}/${year}`;
  return time ? `${date} ${time}` : date;
}

const short = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text).trim();

import type { Command } from "../../commands.ts";
import { show } from "../../expressions/show.ts";
import type { Value } from "../../schema/values.ts";

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
type Block = ScreenPop["blocks"][number];

/**
 * The card of a `screenPop`: first the lines of the digest, then the card's fields, empty ones left out, at most 7 together;
 * up to 5 blocks with the newest rows first. Whatever the data are, it is bounded and never throws: a list that is none has
 * no rows, a moment that is none is the oldest.
 */
export function cardOf({ title, url, data, digest, blocks, language }: ScreenPop): OperatorCard {
  const fields = Object.entries(data).map(([label, value]) => ({ label, text: written(value, language) }));
  const lines = [...digest, ...fields].map(({ label, text }) => ({ label, text: short(text) })).filter(({ text }) => text !== "");
  return {
    title: short(title),
    url: /^https?:\/\//i.test(url) ? url : "",
    lines: lines.slice(0, mostLines),
    blocks: blocks.slice(0, mostBlocks).map((block) => drawn(block, language)),
  };
}

function drawn({ title, list, row, newest, most }: Block, language: string): OperatorCard["blocks"][number] {
  const items = Array.isArray(list) ? list : [];
  const sorted = newest === "" ? items : items.toSorted((a, b) => momentOf(b, newest) - momentOf(a, newest) || 0);
  const rows = sorted.map((item) => rowOf(item, row, language)).filter(Boolean);
  const shown = rows.slice(0, Math.max(0, Math.min(most, mostRows)));
  return { title: short(title), rows: shown, more: rows.length - shown.length };
}

/** "№{id} · {status}": each field of the item in its place. A row without a pattern, or of a plain value, is the value. */
function rowOf(item: Value, pattern: string, language: string): string {
  if (pattern === "" || !isMap(item)) return short(written(item, language));
  return short(pattern.replace(/\{\s*([\w.]+)\s*\}/g, (_all, path: string) => written(at(item, path), language)));
}

const isMap = (value: Value | undefined): value is Record<string, Value> => typeof value === "object" && value !== null && !Array.isArray(value);

function at(value: Value, path: string): Value {
  let found: Value = value;
  for (const name of path.split(".")) found = isMap(found) && Object.hasOwn(found, name) ? (found[name] ?? null) : null;
  return found;
}

/** Milliseconds of a date, a moment or a number; the oldest possible value if it is not valid. Finite, for comparison. */
function momentOf(item: Value, field: string): number {
  const value = at(item, field);
  const moment = typeof value === "number" ? value : typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isFinite(moment) ? moment : -Number.MAX_SAFE_INTEGER;
}

/** A date as people write it in the language of the card; everything else as texts show it. */
function written(value: Value, language: string): string {
  const moment = typeof value === "string" ? /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)\S*)?$/.exec(value) : null;
  if (!moment) return show(value);
  const [, year, month, day, time] = moment;
  const date = language === "ru" ? `${day}.${month}.${year}` : `${day}/${month}/${year}`;
  return time ? `${date} ${time}` : date;
}

const short = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text).trim();

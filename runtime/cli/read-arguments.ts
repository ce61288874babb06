import { readFileSync, statSync } from "node:fs";
import { momentOf } from "../../flows/strategy/moment-of.ts";

/** A language of `--lang`; `fallback` when none was given. Throws for any other. */
export function languageOf<F extends "ru" | "en" | undefined>(text: string | undefined, fallback: F): "ru" | "en" | F {
  if (text === undefined) return fallback;
  if (text === "ru" || text === "en") return text;
  throw new Error(`--lang: ru or en, not "${text.slice(0, 20)}"`);
}

/** A moment of an option, "2026-11-23T10:00:00+03:00", or without an offset in `zone`. Throws with an example. */
export function instantOf(option: string, text: string, zone: string): string {
  const at = momentOf(text, zone);
  if (at === null) throw new Error(`${option}: "${text.slice(0, 40)}" is not a date and time: write 2026-11-23T10:00:00+03:00`);
  return new Date(at).toISOString();
}

/** The one argument of a command. Throws when there is none, or another one behind it. */
export function oneOf(positionals: readonly string[], what: string): string {
  const [first, second] = positionals;
  if (!first) throw new Error(`specify ${what}`);
  if (second !== undefined) throw new Error(`specify ${what}, one at a time: "${second.slice(0, 60)}" is one too many`);
  return first;
}

/** A map of an option, `{"company":"Ромашка"}`. Throws for anything else. */
export function mapOf(option: string, text: string): Record<string, unknown> {
  const value = parsed(text, () => `${option} is not valid JSON: ${text.slice(0, 60)}`);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`${option}: specify a JSON object such as {"company":"Acme"}`);
}

/** A file of JSON. Throws with its name when it is not there, too large or no JSON. */
export function jsonFile(path: string, mostBytes = 32 * 1024 * 1024): unknown {
  if (statSync(path).size > mostBytes) throw new Error(`${path} is larger than ${Math.round(mostBytes / 1024 / 1024)} MB`);
  return parsed(readFileSync(path, "utf8"), (reason) => `${path} is not valid JSON: ${reason}`);
}

function parsed(text: string, say: (reason: string) => string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(say(error instanceof Error ? error.message : String(error)), { cause: error });
  }
}

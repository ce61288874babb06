import type { Environment } from "@marcbachmann/cel-js";
import type { Language } from "../language/index.ts";
import { numberOf } from "./readable.ts";
import { TextError } from "./text-error.ts";

const written = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Arithmetic with written dates and times: the offset, or its absence, stays as it was written. */
export function registerMoments(env: Environment, language: Language): void {
  env.registerFunction("shift(dyn, dyn): string", (moment: unknown, minutes: unknown) => shift(String(moment), numberOf(minutes, language)));
  env.registerFunction("minutesBetween(dyn, dyn): double", (from: unknown, to: unknown) => minutesBetween(wall(String(from)), wall(String(to))));
}

/** Between two instants when both say their offset, else between the two clocks as written. */
function minutesBetween(from: Wall, to: Wall): number {
  const offsets = from.offset !== "" && to.offset !== "" ? offsetMs(to.offset) - offsetMs(from.offset) : 0;
  return (to.at - from.at - offsets) / 60_000;
}

function offsetMs(offset: string): number {
  if (offset === "Z") return 0;
  const sign = offset.startsWith("-") ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))) * 60_000;
}

type Wall = { at: number; offset: string; dateOnly: boolean };

/** A moment in its written local time. Throws a TextError for anything else. */
function wall(text: string): Wall {
  const match = written.exec(text.trim());
  const at = match ? Date.parse(`${match[1]}T${match[2] ?? "00:00"}:00Z`) : Number.NaN;
  if (!match || Number.isNaN(at)) {
    const shown = text.slice(0, 40);
    throw new TextError(`not a date or time: "${shown}"`, `это не дата и не время: «${shown}»`);
  }
  return { at, offset: match[3] ?? "", dateOnly: match[2] === undefined };
}

function shift(text: string, minutes: number): string {
  const { at, offset, dateOnly } = wall(text);
  if (!Number.isFinite(minutes) || Math.abs(minutes) > 60 * 24 * 3_660) throw new TextError("shift: minutes must be a number", "shift: минуты — это число");
  const moved = new Date(at + Math.round(minutes) * 60_000).toISOString();
  return dateOnly && minutes % 1_440 === 0 ? moved.slice(0, 10) : `${moved.slice(0, 16)}${offset}`;
}

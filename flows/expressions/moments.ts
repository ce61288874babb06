import type { Environment } from "@marcbachmann/cel-js";
import type { Language } from "../language/index.ts";
import { asUtc, isoTime, readMoment, type Moment } from "../schema/read-moment.ts";
import { numberOf } from "./readable.ts";
import { TextError } from "./text-error.ts";

/** Arithmetic with written dates and times: the offset, or its absence, stays as it was written. */
export function registerMoments(env: Environment, language: Language): void {
  env.registerFunction("shift(dyn, dyn): string", (moment: unknown, minutes: unknown) => shift(String(moment), numberOf(minutes, language)));
  env.registerFunction("minutesBetween(dyn, dyn): double", (from: unknown, to: unknown) => minutesBetween(wall(String(from)), wall(String(to))));
}

/** Between two instants when both say their offset, else between the two clocks as written. */
function minutesBetween(from: Moment, to: Moment): number {
  const offsets = from.offset !== null && to.offset !== null ? to.offset - from.offset : 0;
  return (asUtc(to) - asUtc(from)) / 60_000 - offsets;
}

/** A moment with a day, on the clock of whoever wrote it. Throws a TextError for anything else. */
function wall(text: string): Moment {
  const moment = readMoment(text);
  if (moment?.date) return moment;
  const shown = text.slice(0, 40);
  throw new TextError(`not a date or time: "${shown}"`, `это не дата и не время: «${shown}»`);
}

function shift(text: string, minutes: number): string {
  const moment = wall(text);
  if (!Number.isFinite(minutes) || Math.abs(minutes) > 60 * 24 * 3_660) throw new TextError("shift: minutes are a number", "shift: минуты — это число");
  const moved = new Date(asUtc(moment) + Math.round(minutes) * 60_000).toISOString();
  return moment.time === null && minutes % 1_440 === 0 ? moved.slice(0, 10) : `${moved.slice(0, 16)}${offsetText(moment.offset)}`;
}

function offsetText(offset: number | null): string {
  if (offset === null || offset === 0) return offset === null ? "" : "Z";
  const size = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${isoTime({ hours: Math.floor(size / 60), minutes: size % 60 })}`;
}

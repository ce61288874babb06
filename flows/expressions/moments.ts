import type { Environment } from "@marcbachmann/cel-js";
import { TextError } from "./text-error.ts";

const written = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Arithmetic with written dates and times: the offset, or its absence, stays as it was written. */
export function registerMoments(env: Environment): void {
  env.registerFunction("shift(dyn, dyn): string", (moment: unknown, minutes: unknown) => shift(String(moment), Number(minutes)));
  env.registerFunction("minutesBetween(dyn, dyn): double", (from: unknown, to: unknown) => (wall(String(to)).at - wall(String(from)).at) / 60_000);
}

type Wall = { at: number; offset: string; dateOnly: boolean };

/** A moment on the clock of whoever wrote it. Throws a TextError for anything else. */
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
  if (!Number.isFinite(minutes) || Math.abs(minutes) > 60 * 24 * 3_660) throw new TextError("shift: minutes are a number", "shift: минуты — это число");
  const moved = new Date(at + Math.round(minutes) * 60_000).toISOString();
  return dateOnly && minutes % 1_440 === 0 ? moved.slice(0, 10) : `${moved.slice(0, 16)}${offset}`;
}

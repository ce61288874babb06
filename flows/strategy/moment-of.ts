import { nowParts } from "../language/zoned.ts";

const written = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * The instant, in milliseconds since the epoch, of a date and time as written. Without an offset it is local time of
 * `zone` (an hour that the clocks skip is the hour after); without a time it is midnight. Null when it is no moment.
 */
export function momentOf(text: string, zone: string): number | null {
  const match = written.exec(text.trim());
  if (!match) return null;
  const [, date, time = "00:00", offset] = match;
  const at = Date.parse(`${date}T${time}:00${offset ?? "Z"}`);
  if (Number.isNaN(at) || offset) return Number.isNaN(at) ? null : at;
  const localMinus = (instant: number): number => {
    const parts = nowParts(instant, zone);
    return Date.parse(`${parts.date}T${parts.time}:00Z`) - instant;
  };
  const guess = at - localMinus(at);
  return at - localMinus(guess);
}

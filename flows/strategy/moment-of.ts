import { asUtc, readMoment } from "../schema/read-moment.ts";
import { nowParts } from "../language/zoned.ts";

/**
 * The instant, in milliseconds since the epoch, of a date and time as written. Without an offset it is local time of
 * `zone` (an hour that the clocks skip is the hour after); without a time it is midnight. Null when it is no moment.
 */
export function momentOf(text: string, zone: string): number | null {
  const moment = readMoment(text);
  if (!moment?.date) return null;
  const at = asUtc(moment);
  if (moment.offset !== null) return at - moment.offset * 60_000;
  const localMinus = (instant: number): number => {
    const parts = nowParts(instant, zone);
    return Date.parse(`${parts.date}T${parts.time}:00Z`) - instant;
  };
  const guess = at - localMinus(at);
  return at - localMinus(guess);
}

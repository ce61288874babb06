import { agreedMoment } from "./allow.ts";
import type { CallHistory } from "./call-history.ts";

const known = new Map<string, boolean>();
const weekMs = 7 * 86_400_000;
const kept = 1_000;

/** Whether a calling window is ever open in all zones at once in the weeks after `at`. */
export function opensSometime(at: number, zones: readonly string[], window: CallHistory["window"]): boolean {
  const key = `${Math.floor(at / weekMs)} ${zones.join()} ${window.from} ${window.to} ${window.days.join()}`;
  let opens = known.get(key);
  if (opens === undefined) {
    opens = agreedMoment(at, zones, window) !== null;
    if (known.size >= kept) known.clear();
    known.set(key, opens);
  }
  return opens;
}

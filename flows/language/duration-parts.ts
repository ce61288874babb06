export type DurationUnit = "day" | "hour" | "minute" | "second";
export type DurationParts = { negative: boolean; parts: [DurationUnit, number][] };

const unitSeconds: [DurationUnit, number][] = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** Whole seconds split into units, zero parts left out; zero itself is zero seconds. Null when unreadable. */
export function durationParts(seconds: number): DurationParts | null {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > Number.MAX_SAFE_INTEGER) return null;
  let rest = Math.round(Math.abs(seconds));
  const negative = seconds < 0 && rest > 0;
  const parts: [DurationUnit, number][] = [];
  for (const [unit, size] of unitSeconds) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push([unit, count]);
  }
  return { negative, parts: parts.length > 0 ? parts : [["second", 0]] };
}

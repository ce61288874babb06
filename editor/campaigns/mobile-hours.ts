import { nowParts } from "../../flows/language/zoned.ts";

/** One zone per Russian time zone offset: a Russian mobile number of unknown region may be in any of them. */
export const russianClocks = [
  "Europe/Kaliningrad",
  "Europe/Moscow",
  "Europe/Samara",
  "Asia/Yekaterinburg",
  "Asia/Omsk",
  "Asia/Krasnoyarsk",
  "Asia/Irkutsk",
  "Asia/Yakutsk",
  "Asia/Vladivostok",
  "Asia/Magadan",
  "Asia/Kamchatka",
] as const;

export type Span = { from: string; to: string };
export type MobileHours = { minutes: number; spans: Span[] };

const day = 1440;

/**
 * When a calling window "HH:MM"–"HH:MM" is open by all eleven clocks of Russia at once: spans of a day by the clock of `zone`
 * (a known one), and how many minutes they make. `at` (ms) picks the offsets; weekdays are not looked at.
 */
export function mobileHours(at: number, zone: string, windowFrom: string, windowTo: string): MobileHours {
  const [from, to] = [minutesOf(windowFrom), minutesOf(windowTo)];
  const own = offset(at, zone);
  const shifts = russianClocks.map((each) => offset(at, each) - own);
  const open = (minute: number): boolean =>
    shifts.every((shift) => {
      const local = (minute + shift + 2 * day) % day;
      return from <= local && local < to;
    });
  const spans: Span[] = [];
  let minutes = 0;
  let begun = 0;
  for (let minute = 0; minute < day; minute++) {
    if (!open(minute)) continue;
    minutes++;
    if (minute === 0 || !open(minute - 1)) begun = minute;
    if (minute === day - 1 || !open(minute + 1)) spans.push({ from: clockOf(begun), to: clockOf(minute + 1) });
  }
  return { minutes, spans };
}

/** Local minus UTC, in minutes. */
function offset(at: number, zone: string): number {
  const { date, hour, minute } = nowParts(at, zone);
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Math.floor(at / 60_000) * 60_000) / 60_000) + hour * 60 + minute;
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const clockOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

import { asUtc, isoMoment, type Moment } from "../schema/read-moment.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      weekday: "short",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
export type NowParts = { date: string; time: string; hour: number; minute: number; weekday: number };

/** An instant in a zone: date "2026-11-23", time "10:00", weekday 1 (Monday) to 7. */
export function nowParts(at: number, zone: string): NowParts {
  const parts = Object.fromEntries(
    formatFor(zone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  return {
    date: `${parts["year"]}-${parts["month"]}-${parts["day"]}`,
    time: `${parts["hour"]}:${parts["minute"]}`,
    hour: Number(parts["hour"]),
    minute: Number(parts["minute"]),
    weekday: weekdays.indexOf(parts["weekday"] ?? "") + 1,
  };
}

/** The clock of `zone` at a written instant ("2026-12-31T23:30:00Z" → "2027-01-01T02:30" in Moscow); any other moment stays as written, as ISO 8601 writes it. */
export function inZone(moment: Moment, zone: string): string {
  if (zone === "" || moment.offset === null) return isoMoment(moment);
  const local = nowParts(asUtc(moment) - moment.offset * 60_000, zone);
  return `${local.date}T${local.time}`;
}

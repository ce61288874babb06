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

const instant = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d(?::?\d\d)?)$/i;

/** The clock of `zone` at a written instant ("2026-12-31T23:30:00Z" → "2027-01-01T02:30" in Moscow). A text without an offset, and any text without a zone, is unchanged. */
export function inZone(text: string, zone: string): string {
  const match = zone === "" ? null : instant.exec(text.trim());
  if (!match) return text;
  const [, date, time, offset = ""] = match;
  const at = Date.parse(`${date}T${time}${fullOffset(offset.toUpperCase())}`);
  if (Number.isNaN(at)) return text;
  const local = nowParts(at, zone);
  return `${local.date}T${local.time}`;
}

/** "+03", "+0300" → "+03:00" (ISO 8601 knows all three, `Date.parse` the last). */
const fullOffset = (offset: string): string => (offset === "Z" ? offset : `${offset.slice(0, 3)}:${offset.slice(3).replace(":", "") || "00"}`);

import { russianZones, zonesOfRegion } from "./russian-zones.ts";

/** Ranges of the Russian numbering registry, sorted: ten-digit national numbers `from[i]`–`to[i]` are in `zones[i]`. */
export type NumberRanges = { from: Float64Array; to: Float64Array; zones: readonly (readonly string[])[]; count: number };
export type RangeError = { line: number; reason: string };
export type ReadRanges = { ranges: NumberRanges; errors: RangeError[]; unknownRegions: number };

type Row = { from: number; to: number; zones: readonly string[] };

const mostRows = 1_000_000;
const mostErrors = 100;

/**
 * Reads ranges from the CSV of the registry of the Russian numbering plan: «АВС/ DEF;От;До;Емкость;Оператор;Регион», columns by
 * their names, in any order, others left alone; several files one after another, each with its header. A bad row is an error with
 * its line and is left out (its numbers keep all zones of Russia); a region nobody knows has all zones. Never throws.
 */
export function readNumberRanges(csv: string): ReadRanges {
  const rows: Row[] = [];
  const errors: RangeError[] = [];
  const regions = new Map<string, readonly string[]>();
  let columns: Columns | null = null;
  let unknownRegions = 0;
  let line = 0;
  const refuse = (reason: string) => void (errors.length < mostErrors && errors.push({ line, reason }));
  for (const text of linesOf(csv)) {
    line += 1;
    if (text.trim() === "") continue;
    const cells = text.split(";").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    const header = columnsOf(cells);
    if (header) {
      columns = header;
      continue;
    }
    if (!columns) {
      refuse("the first line must contain the column names: АВС/ DEF;От;До;Емкость;Оператор;Регион");
      break;
    }
    if (rows.length >= mostRows) {
      refuse(`more than ${mostRows} ranges: the rest are skipped`);
      break;
    }
    const range = rangeOf(cells, columns);
    if (typeof range === "string") {
      refuse(range);
      continue;
    }
    let zones = regions.get(range.region);
    if (!zones) regions.set(range.region, (zones = zonesOfRegion(range.region)));
    if (zones.length === 0) unknownRegions += 1;
    rows.push({ from: range.from, to: range.to, zones: zones.length > 0 ? zones : russianZones });
  }
  const apart = joined(rows.sort((a, b) => a.from - b.from));
  if (apart.overlap !== null) refuse(`ranges overlap at +7${apart.overlap}: the time zones of both apply`);
  return { ranges: packed(apart.rows), errors, unknownRegions };
}

/** Zones of a ten-digit Russian number by the ranges; empty when none holds it. */
export function zonesInRanges(ranges: NumberRanges, national: string): readonly string[] {
  const number = Number(national);
  if (!/^\d{10}$/.test(national)) return [];
  let low = 0;
  let high = ranges.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges.from[middle]! <= number) low = middle + 1;
    else high = middle;
  }
  const last = low - 1;
  return last >= 0 && number <= ranges.to[last]! ? ranges.zones[last]! : [];
}

type Columns = { code: number; from: number; to: number; region: number };

function columnsOf(cells: readonly string[]): Columns | null {
  const names = cells.map((cell) => cell.toLowerCase().replace(/[^a-zа-яё]/g, ""));
  const code = names.findIndex((name) => /^(авс|abc|авсdef|abcdef|def)$/.test(name));
  const [from, to, region] = ["от", "до", "регион"].map((name) => names.indexOf(name));
  return code >= 0 && from! >= 0 && to! >= 0 && region! >= 0 ? { code, from: from!, to: to!, region: region! } : null;
}

function rangeOf(cells: readonly string[], columns: Columns): { from: number; to: number; region: string } | string {
  const [code = "", from = "", to = "", region = ""] = [cells[columns.code], cells[columns.from], cells[columns.to], cells[columns.region]];
  if (!/^[3-9]\d\d$/.test(code)) return `"${code.slice(0, 20)}" is not a three-digit code`;
  if (!/^\d{7}$/.test(from) || !/^\d{7}$/.test(to)) return `"${from.slice(0, 20)}" to "${to.slice(0, 20)}" are not seven-digit numbers`;
  if (from > to) return `the range starts at ${from} but ends at ${to}, before its start`;
  // "г.о. Балашиха|Московская обл.": the region is the last of the parts.
  return { from: Number(code + from), to: Number(code + to), region: region.slice(region.lastIndexOf("|") + 1).slice(0, 200) };
}

function packed(rows: readonly Row[]): NumberRanges {
  return {
    from: Float64Array.from(rows, (row) => row.from),
    to: Float64Array.from(rows, (row) => row.to),
    zones: rows.map((row) => row.zones),
    count: rows.length,
  };
}

/** Which of two overlapping ranges is right nobody knows: they become one with the zones of both. */
function joined(rows: readonly Row[]): { rows: Row[]; overlap: number | null } {
  const apart: Row[] = [];
  let overlap: number | null = null;
  for (const row of rows) {
    const last = apart.at(-1);
    if (!last || row.from > last.to) {
      apart.push(row);
      continue;
    }
    overlap ??= row.from;
    apart[apart.length - 1] = {
      from: last.from,
      to: Math.max(last.to, row.to),
      zones: russianZones.filter((zone) => last.zones.includes(zone) || row.zones.includes(zone)),
    };
  }
  return { rows: apart, overlap };
}

function* linesOf(text: string): Generator<string> {
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    yield text.slice(start, end < 0 ? text.length : end);
    if (end < 0) return;
    start = end + 1;
  }
}

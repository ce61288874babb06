import type { SheetRow } from "./sheet.ts";

const delimiters = [",", ";", "\t", "|"];
const looked = 50;

/**
 * Rows of a CSV (RFC 4180) with the lines on which they begin. The delimiter is found by itself, or named by a first line
 * `sep=;`. A quote that does not enclose a whole cell («"Рога" и копыта»), or is never closed, is a letter like any other:
 * it swallows no other cell and no other row. Rows without any text are left out.
 */
export function csvRows(text: string, most = Number.POSITIVE_INFINITY): SheetRow[] {
  const plain = text.replace(/^\uFEFF/, "");
  const named = /^"?sep=([^\r\n])"?\r?(?:\n|$)/i.exec(plain);
  const body = named ? plain.slice(named[0].length) : plain;
  return rowsOf(body, named?.[1] ?? likelyDelimiter(body), named ? 2 : 1, most);
}

/** The one that cuts the header into most columns, and the rows below it alike; none when nothing cuts it. */
function likelyDelimiter(text: string): string {
  const scored = delimiters.map((delimiter) => {
    const [header, ...rows] = rowsOf(text, delimiter, 1, looked);
    const width = header?.cells.length ?? 0;
    const alike = rows.filter((row) => row.cells.length === width).length;
    return { delimiter, width, score: width < 2 ? -1 : (alike + 1) / (rows.length + 1) + width / 1_000 };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score < 0 ? "" : best.delimiter;
}

function rowsOf(text: string, delimiter: string, firstLine: number, most: number): SheetRow[] {
  const rows: SheetRow[] = [];
  let line = firstLine;
  for (let at = 0; at < text.length && rows.length < most;) {
    const row: SheetRow = { line, cells: [] };
    for (let more = true; more;) {
      const cell = cellAt(text, at, delimiter);
      row.cells.push(cell.text);
      line += cell.lines;
      more = cell.more;
      at = cell.end;
    }
    line += 1;
    if (row.cells.some((cell) => cell.trim() !== "")) rows.push(row);
  }
  return rows;
}

/** `end` is behind the delimiter or the line break; `lines` are the breaks inside the cell. */
type Cell = { text: string; end: number; more: boolean; lines: number };

function cellAt(text: string, at: number, delimiter: string): Cell {
  return text[at] === '"' ? (quotedCell(text, at, delimiter) ?? plainCell(text, at, delimiter)) : plainCell(text, at, delimiter);
}

/** Null when the quote at `at` encloses no whole cell. */
function quotedCell(text: string, at: number, delimiter: string): Cell | null {
  for (let from = at + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return null;
    if (text[quote + 1] === '"') {
      from = quote + 2;
      continue;
    }
    // Spaces after the closing quote are of no cell.
    let next = quote + 1;
    while (text[next] === " ") next += 1;
    const ended = endOfCell(text, next, delimiter);
    if (!ended) return null;
    const inside = text.slice(at + 1, quote).replaceAll('""', '"');
    return { text: inside, ...ended, lines: breaksIn(inside) };
  }
}

function plainCell(text: string, at: number, delimiter: string): Cell {
  let end = at;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r" && (delimiter === "" || text[end] !== delimiter)) end += 1;
  const ended = endOfCell(text, end, delimiter) ?? { end: text.length, more: false };
  return { text: text.slice(at, end), ...ended, lines: 0 };
}

/** What follows a cell: a delimiter, a line break (three kinds), or the end; null for anything else. */
function endOfCell(text: string, at: number, delimiter: string): { end: number; more: boolean } | null {
  if (at >= text.length) return { end: at, more: false };
  if (delimiter !== "" && text[at] === delimiter) return { end: at + 1, more: true };
  if (text[at] === "\r") return { end: at + (text[at + 1] === "\n" ? 2 : 1), more: false };
  return text[at] === "\n" ? { end: at + 1, more: false } : null;
}

const breaksIn = (text: string): number => (/[\r\n]/.test(text) ? text.split(/\r\n|\r|\n/).length - 1 : 0);

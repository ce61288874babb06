/** A row of a file, with the line on which it begins as an editor counts them. */
export type SheetRow = { line: number; cells: string[] };

/** The common input of importers: named columns, rows and notes for the user. */
export type Sheet = { columns: string[]; rows: SheetRow[]; notes: string[] };

export const importLimits = { bytes: 20 * 1024 * 1024, rows: 200_000, columns: 200 };

/** A file that cannot be read; the message says what to do, in English and in Russian. */
export class CsvError extends Error {
  override readonly name = "CsvError";
  readonly code: string;
  readonly ru: string;
  constructor(code: string, message: string, ru: string) {
    super(message);
    this.code = code;
    this.ru = ru;
  }
}

/** A header that is a telephone number: the file has no row of names, and its first contact would be lost. */
const looksLikePhone = (name: string): boolean => /^\+?[\d\s().-]+$/.test(name) && name.replace(/\D/g, "").length >= 10;

/** The first row names the columns: equal names get numbers, and a note. Throws CsvError when it is no list. */
export function sheetOf(all: readonly SheetRow[]): Sheet {
  const [header, ...rows] = all;
  if (!header || rows.length === 0)
    throw new CsvError("empty", "the file needs a header row and at least one row below it", "нужна строка заголовков и хотя бы одна строка под ней");
  if (header.cells.length > importLimits.columns)
    throw new CsvError("too-large", `more than ${importLimits.columns} columns`, `столбцов больше ${importLimits.columns}`);
  if (rows.length > importLimits.rows)
    throw new CsvError("too-large", `more than ${importLimits.rows} rows: split the file`, `строк больше ${importLimits.rows}: разделите файл`);
  const given = header.cells.map((cell) => cell.trim());
  const phone = given.find(looksLikePhone);
  if (phone !== undefined)
    throw new CsvError(
      "no-header",
      `the first row has the phone number ${phone} instead of column names: add a header row`,
      `в первой строке вместо названий столбцов телефон ${phone}: добавьте строку заголовков`,
    );
  const columns: string[] = [];
  const notes: string[] = [];
  for (const name of given) {
    const unique = freeName(name, given, columns);
    if (unique !== name) notes.push(`two columns are called "${name}": the second one is now "${unique}"`);
    columns.push(unique);
  }
  return { columns, rows, notes };
}

/** «comment», «comment 2», «comment 3»; a name that the file itself has is not taken. Columns without a name stay so. */
function freeName(name: string, given: readonly string[], taken: readonly string[]): string {
  if (name === "" || !taken.includes(name)) return name;
  for (let n = 2; ; n++) {
    const next = `${name} ${n}`;
    if (!taken.includes(next) && !given.includes(next)) return next;
  }
}

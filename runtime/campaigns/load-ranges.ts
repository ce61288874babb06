import { readFileSync, statSync } from "node:fs";
import { readNumberRanges, type NumberRanges } from "./calling-rules/zones/number-ranges.ts";

const mostBytes = 200 * 1024 * 1024;

/**
 * Ranges of the Russian numbering registry from the CSV files of an installation, UTF-8 or Windows-1251. Null without files. Throws an
 * Error with one sentence if a file cannot be read or is not a registry file; rejected rows are logged and skipped.
 */
export function loadRanges(files: readonly string[], log: (message: string) => void): NumberRanges | null {
  if (files.length === 0) return null;
  let bytes = 0;
  const texts = files.map((file) => {
    bytes += sizeOf(file);
    if (bytes > mostBytes) throw new Error(`number ranges: ${file} brings the total above 200 MB: remove the files you do not need`);
    return textOf(readFileSync(file));
  });
  const { ranges, errors, unknownRegions } = readNumberRanges(texts.join("\n"));
  if (ranges.count === 0) throw new Error(`number ranges: ${files.join(", ")} contain no ranges: ${errors[0]?.reason ?? "the file is empty"}`);
  for (const { line, reason } of errors.slice(0, 5)) log(`number ranges, line ${line}: ${reason}`);
  if (errors.length > 5) log(`number ranges: ${errors.length - 5} more rows are skipped`);
  if (unknownRegions > 0) log(`number ranges: ${unknownRegions} ranges have no known Russian region: all Russian time zones apply to them`);
  return ranges;
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch (error) {
    throw new Error(`number ranges: ${file} cannot be read (${error instanceof Error ? error.message : String(error)}): fix "numberRanges"`, {
      cause: error,
    });
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1251").decode(bytes);
  }
}

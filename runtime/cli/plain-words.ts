import { z } from "zod";
import { problemWords } from "../../flows/schema/problem-words.ts";

const fileWords: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `no such file or folder: ${path}`,
  EISDIR: (path) => `${path} is a folder, not a file`,
  ENOTDIR: (path) => `${path} is a file, not a folder`,
  EACCES: (path) => `${path} cannot be read or written: permission denied`,
  EPERM: (path) => `${path} cannot be read or written: permission denied`,
  ENOSPC: (path) => `no space left on the disk for ${path}`,
};

/** The error as one sentence for the user, without library names or system codes. */
export function sentenceOf(error: unknown): string {
  if (error instanceof z.ZodError) return problemWords(error.issues[0]!, "en");
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  if (code && fileWords[code]) return fileWords[code](path ?? "the given path");
  if (code?.startsWith("ERR_PARSE_ARGS")) return error.message.split(/\. To specify|\n/)[0]!.replace(/\.$/, "");
  return error.message;
}

/** "1 flow", "2 flows". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** «1 сценарий», «2 сценария», «5 сценариев». */
export function countedInRussian(count: number, [one, few, many]: readonly [string, string, string]): string {
  const [tens, ones] = [count % 100, count % 10];
  const teen = tens >= 11 && tens <= 14;
  return `${count} ${!teen && ones === 1 ? one : !teen && ones >= 2 && ones <= 4 ? few : many}`;
}

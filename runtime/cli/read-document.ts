import { statSync } from "node:fs";
import type { Flow } from "../../flows/schema/flow.ts";
import { readFlow } from "./flow-files.ts";

/** One readable flow of a file, of any format. Throws with the file, the place and the reason. */
export function readDocument(path: string, language: "ru" | "en"): Flow {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Error(language === "ru" ? `нет такого файла: ${path}` : `no such file: ${path}`);
  const { parsed, file } = readFlow(path);
  if (parsed.flow) return parsed.flow;
  throw new Error(`${file}: ${parsed.issues[0]?.message[language] ?? ""}`);
}

import { parseArgs } from "node:util";
import type { StrayFiles } from "../calls/stray-files.ts";

/** `sufler files`: asks a running server for files without a row and rows without a file. Exit code 1 if there are any. */
export const command = {
  usage: "files [--url http://127.0.0.1:8080] [--password <password>]",
  examples: ["files", "files --url https://sufler.example.com --password secret"],
  async run(args: string[]): Promise<number> {
    const { values } = parseArgs({ args, options: { url: { type: "string", default: "http://127.0.0.1:8080" }, password: { type: "string" } } });
    const headers: Record<string, string> = values.password ? { authorization: `Basic ${Buffer.from(`sufler:${values.password}`).toString("base64")}` } : {};
    const response = await fetch(new URL("/api/files", values.url), { headers }).catch(() => null);
    if (!response) throw new Error(`Sufler is not responding at ${values.url}: start it or specify its address with --url`);
    if (!response.ok) throw new Error(response.status === 401 ? "specify the password with --password" : `${values.url} responded ${response.status}`);
    const { unknown, missing } = (await response.json()) as StrayFiles;
    for (const file of unknown) console.log(`file without a row: ${file}`);
    for (const file of missing) console.log(`missing file: ${file}`);
    if (unknown.length + missing.length === 0) console.log("every file has a row, and every row has a file");
    return unknown.length + missing.length > 0 ? 1 : 0;
  },
};

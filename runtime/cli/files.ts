import { parseArgs } from "node:util";
import type { StrayFiles } from "../calls/stray-files.ts";

/** `sufler files`: asks a running server for files that no row knows and rows whose file is gone. 1 when there are any. */
export const command = {
  usage: "files [--url http://127.0.0.1:8080] [--password <password>]",
  examples: ["files", "files --url https://sufler.example.com --password secret"],
  async run(args: string[]): Promise<number> {
    const { values } = parseArgs({ args, options: { url: { type: "string", default: "http://127.0.0.1:8080" }, password: { type: "string" } } });
    const headers: Record<string, string> = values.password ? { authorization: `Basic ${Buffer.from(`sufler:${values.password}`).toString("base64")}` } : {};
    const response = await fetch(new URL("/api/files", values.url), { headers }).catch(() => null);
    if (!response) throw new Error(`no Sufler answers at ${values.url}: start it, or name its address with --url`);
    if (!response.ok) throw new Error(response.status === 401 ? "give the password with --password" : `${values.url} answered ${response.status}`);
    const { unknown, missing } = (await response.json()) as StrayFiles;
    for (const file of unknown) console.log(`no row knows: ${file}`);
    for (const file of missing) console.log(`gone:         ${file}`);
    if (unknown.length + missing.length === 0) console.log("every file has its row, and every row its file");
    return unknown.length + missing.length > 0 ? 1 : 0;
  },
};

import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, start, type Running } from "./tools.ts";

const scenarios = new URL("./scenarios/", import.meta.url).pathname;

export type SippOptions = {
  scenario: string;
  remote: number;
  to?: string;
  transport?: "u1" | "t1";
  keys?: Record<string, string>;
  calls?: number;
  more?: readonly string[];
  port?: number;
  files?: Record<string, Uint8Array>;
  timeout?: string;
};

/** Runs a scenario of this folder; exit code 0 means that every call went as written. */
export async function sipp(options: SippOptions): Promise<Running & { errors: () => string }> {
  const folder = mkdtempSync(join(tmpdir(), "sufler-sipp-"));
  for (const [name, bytes] of Object.entries(options.files ?? {})) writeFileSync(join(folder, name), bytes);
  const port = options.port ?? (await freePort());
  const args = [
    `127.0.0.1:${options.remote}`,
    "-sf",
    join(scenarios, options.scenario),
    "-s",
    options.to ?? "1000",
    "-t",
    options.transport ?? "u1",
    "-i",
    "127.0.0.1",
    "-p",
    String(port),
    "-mi",
    "127.0.0.1",
    "-mp",
    String(await freePort()),
    "-m",
    String(options.calls ?? 1),
    "-timeout",
    options.timeout ?? "30s",
    "-timeout_error",
    "-trace_err",
    "-nostdin",
    ...Object.entries(options.keys ?? {}).flatMap(([name, value]) => ["-key", name, value]),
    ...(options.more ?? []),
  ];
  const running = start("sipp", args, folder);
  const errors = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith("_errors.log"))
      .map((name) => readFileSync(join(folder, name), "latin1"))
      .join("\n");
  return { ...running, errors };
}

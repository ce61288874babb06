import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sentenceOf } from "./plain-words.ts";

/** The command line: one file per sub-command. */
type Command = { run(args: string[]): Promise<number>; usage: string; examples: readonly string[] };

const commands: Record<string, () => Promise<{ command: Command }>> = {
  serve: () => import("./serve.ts"),
  check: () => import("./check.ts"),
  compile: () => import("./compile.ts"),
  call: () => import("./call.ts"),
  test: () => import("./test.ts"),
  text: () => import("./text.ts"),
  diff: () => import("./diff.ts"),
  merge: () => import("./merge.ts"),
  explore: () => import("./explore.ts"),
  paths: () => import("./paths.ts"),
  replay: () => import("./replay.ts"),
  report: () => import("./report.ts"),
  files: () => import("./files.ts"),
  pace: () => import("./pace.ts"),
  "new-node": () => import("./new-node.ts"),
};

const versionOf = (): string => (JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "package.json"), "utf8")) as { version: string }).version;

const helpOf = ({ usage, examples }: Command): string =>
  [`Usage:\n  sufler ${usage}`, ...(examples.length > 0 ? [`Examples:\n${examples.map((each) => `  sufler ${each}`).join("\n")}`] : [])].join("\n\n");

async function overview(): Promise<string> {
  const lines = await Promise.all(Object.values(commands).map(async (each) => `  sufler ${(await each()).command.usage}`));
  return `Usage:\n${lines.join("\n")}\n\nsufler <command> --help shows examples; sufler --version shows the version.`;
}

async function main(args: string[]): Promise<number> {
  const [name = "help", ...rest] = args;
  if (["--version", "-v", "version"].includes(name)) return (console.log(versionOf()), 0);
  if (["--help", "-h"].includes(name) || (name === "help" && rest.length === 0)) return (console.log(await overview()), 0);
  const wanted = name === "help" ? rest[0]! : name;
  const load = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;
  if (!load) return (console.error(`Unknown command "${wanted}".\n${await overview()}`), 2);
  return runCommand(wanted, load, name === "help" ? ["--help"] : rest);
}

async function runCommand(name: string, load: () => Promise<{ command: Command }>, args: string[]): Promise<number> {
  try {
    const { command } = await load();
    if (args.includes("--help") || args.includes("-h")) return (console.log(helpOf(command)), 0);
    return await command.run(args);
  } catch (error) {
    console.error(`sufler ${name}: ${sentenceOf(error)}`);
    return 2;
  }
}

const code = await main(process.argv.slice(2));
if (code >= 0) process.exitCode = code;

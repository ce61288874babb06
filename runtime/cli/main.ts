/** The command line: one file per sub-command. */
type Command = { run(args: string[]): Promise<number>; usage: string };

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

async function main(args: string[]): Promise<number> {
  const [name = "help", ...rest] = args;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const lines = await Promise.all(Object.values(commands).map(async (each) => `  sufler ${(await each()).command.usage}`));
    const known = name === "help" || name === "--help" || name === "-h";
    (known ? console.log : console.error)(`${known ? "" : `No command "${name}".\n`}Usage:\n${lines.join("\n")}`);
    return known ? 0 : 2;
  }
  try {
    const { command } = await load();
    if (rest.includes("--help") || rest.includes("-h")) return (console.log(`Usage:\n  sufler ${command.usage}`), 0);
    return await command.run(rest);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`sufler ${name}: ${message}`);
    return 2;
  }
}

const code = await main(process.argv.slice(2));
if (code >= 0) process.exitCode = code;

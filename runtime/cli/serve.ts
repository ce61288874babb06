import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, readConfig } from "../config.ts";
import { startSufler } from "../main.ts";

const root = join(import.meta.dirname, "..", "..");

/** `sufler serve`: editor, API and SIP in one process. */
export const command = {
  usage: "serve",
  examples: ["serve"],
  async run(args: string[]): Promise<number> {
    if (args.length > 0) throw new Error(`unexpected "${args[0]}": ports, folders and passwords come from environment variables, see docs/en/configuration.md`);
    try {
      const config = readConfig();
      buildEditorIfStale();
      const running = await startSufler(config);
      console.log(`Sufler: ${running.url}`);
      console.log(`SIP:    sip:1000@${running.sip.address}:${running.sip.port} (UDP and TCP)   data: ${config.data}`);
      if (running.voices.length === 0)
        console.log("Voice:  none. Only recordings are played. To synthesise texts: apt-get install espeak-ng (or npm install without --omit=optional)");
      if (running.recovered.calls + running.recovered.scripts > 0)
        console.log(`Recovered after the last stop: ${running.recovered.calls} calls closed, ${running.recovered.scripts} desk scripts restored`);
      stopOnSignal(() => running.stop());
      return -1;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      console.error(error.message);
      return 1;
    }
  },
};

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void stop().finally(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  // The starter of this process is gone, killed perhaps: nobody would stop it, and it holds the data folder.
  process.on("disconnect", end);
  if (process.connected === false) end();
}

/** Builds the editor when its sources are newer than the last build. */
function buildEditorIfStale(): void {
  const stamp = join(root, "dist", "editor", ".built");
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  const newest = Math.max(...["editor", "flows", "vite.config.ts", "package-lock.json"].map((path) => newestIn(join(root, path))));
  if (built > newest || !existsSync(join(root, "vite.config.ts"))) return;
  console.log("Building the editor (a few seconds)…");
  const result = spawnSync(process.execPath, [join(root, "node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (result.status !== 0) throw new ConfigError("The editor could not be built: see the output above. Run npm ci to restore the dependencies.");
  writeFileSync(stamp, "");
}

function newestIn(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(
    0,
    ...readdirSync(path)
      .filter((name) => name !== "node_modules")
      .map((name) => newestIn(join(path, name))),
  );
}

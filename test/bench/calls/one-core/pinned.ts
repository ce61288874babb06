import { fork, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { once } from "node:events";

export type Pinned = { process: ChildProcess; pid: number; stop(): Promise<void> };

/** A script in a process of its own, on these cores (a list for taskset) and before its neighbours where the system allows that. */
export function forkPinned(script: string, options: { cores: string; args?: string[]; node?: string[] }): Pinned {
  const child = fork(script, options.args ?? [], {
    execPath: "taskset",
    execArgv: ["-c", options.cores, process.execPath, ...(options.node ?? [])],
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    // A session of its own: Linux weighs priorities between sessions, not between processes of different ones.
    detached: true,
  });
  const pid = child.pid!;
  raise(pid);
  return {
    process: child,
    pid,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function raise(pid: number): void {
  try {
    setPriority(pid, -19);
    writeFileSync(`/proc/${pid}/autogroup`, "-19");
  } catch {
    // Not allowed, or not Linux with autogroups: neighbours share the cores.
  }
}

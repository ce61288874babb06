import type { OneCoreReport } from "./one-core.ts";

type Cell = string | number;

/** The report as tables. */
export function printOneCore({ date, label, machine, mediaThreads, serverCores, held, bare, keys, setups }: OneCoreReport): void {
  console.log(
    `\n${label} · ${date.slice(0, 16)} · ${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB, Node ${machine.node}; server on core ${serverCores} with ${mediaThreads} media thread(s), callers on core 1`,
  );
  console.log("Server, caller: share of a core that the processes took; caller's core: whoever took it. A run does not count when the callers took over 90 %.");
  const packets = [...held.map((row) => ({ what: "sufler", ...row })), ...bare.map((row) => ({ what: "bare loop", residentMb: "–", ...row }))];
  print(
    ["", "asked", "held", "packets", "jitter p50", "p99 ms", "server %", "caller %", "its core %", "caller late p99", "MB", "counts"],
    packets.map((row) => [
      row.what,
      row.asked,
      row.calls,
      `${(row.receivedShare * 100).toFixed(1)} %`,
      row.jitterP50Ms,
      row.jitterP99Ms,
      row.serverPercent,
      row.callerPercent,
      row.callerCorePercent,
      row.ownLateP99Ms,
      row.residentMb,
      yes(row.counts),
    ]),
  );
  print(
    ["keys over calls", "keys", "answered", "p50 ms", "p99 ms", "server %", "caller %", "counts"],
    keys.map((row) => [row.calls, row.keys, row.answered, row.firstPacketP50Ms, row.firstPacketP99Ms, row.serverPercent, row.callerPercent, yes(row.counts)]),
  );
  print(
    ["set-ups/s", "offered", "asked", "failed", "resent", "p50 ms", "p99 ms", "server %", "caller %", "counts"],
    setups.map((row) => [
      row.cps,
      row.achievedCps,
      row.asked,
      row.failed,
      row.retransmissions,
      row.setupP50Ms,
      row.setupP99Ms,
      row.serverPercent,
      row.callerPercent,
      yes(row.counts),
    ]),
  );
}

const yes = (value: boolean): string => (value ? "yes" : "no");

function print(head: string[], rows: Cell[][]): void {
  if (rows.length === 0) return;
  const all = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_title, column) => Math.max(...all.map((row) => row[column]!.length)));
  console.log("");
  for (const row of all) console.log(row.map((cell, column) => cell.padStart(widths[column]!)).join("  "));
}

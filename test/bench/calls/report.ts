import type { Report } from "./calls.ts";

/** The report as tables, with the three figures that people ask for on top. */
export function printReport({ date, machine, idleMb, afterMb, setups, held, keys }: Report): void {
  const rate = setups.findLast((step) => step.clean)?.cps ?? 0;
  const calls = held.findLast((step) => step.clean);
  console.log(`\n${date.slice(0, 10)} · ${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB, Node ${machine.node}; caller and server shared them`);
  console.log(`Clean set-ups a second: ${rate}${setups.at(-1)?.clean ? " (the highest tried)" : ""}`);
  console.log(`Held calls with jitter p99 under 20 ms and all packets: ${calls?.calls ?? 0}${held.at(-1)?.clean ? " (the highest tried)" : ""}`);
  for (const step of keys)
    console.log(
      `Key press → first packet of the next prompt at ${step.calls} calls: p50 ${step.firstPacketP50Ms} ms, p99 ${step.firstPacketP99Ms} ms (${step.answered} of ${step.keys} keys)`,
    );
  console.log(`\nSet-ups: each call held 200 ms. Resident: ${idleMb} MB idle, ${afterMb} MB after everything.`);
  print(
    ["set-ups/s", "offered", "calls", "failed", "resent", "p50 ms", "p99 ms", "clean"],
    setups.map((step) => [step.cps, step.achievedCps, step.asked, step.failed, step.retransmissions, step.setupP50Ms, step.setupP99Ms, yes(step.clean)]),
  );
  console.log("\nHeld calls, 50 packets a second each way. CPU: the server process with all its threads, 100 % = one core.");
  print(
    ["calls", "received", "jitter p50", "p99 ms", "caller late p99", "CPU %", "CPU %/call", "MB", "KB/call over idle", "clean"],
    held.map((step) => [
      step.calls,
      `${(step.receivedShare * 100).toFixed(1)} %`,
      step.jitterP50Ms,
      step.jitterP99Ms,
      step.ownLateP99Ms,
      step.cpuPercent,
      step.cpuPercentPerCall,
      step.residentMb,
      step.kbPerCall,
      yes(step.clean),
    ]),
  );
}

const yes = (value: boolean): string => (value ? "yes" : "no");

function print(head: string[], rows: (string | number)[][]): void {
  const all = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_title, column) => Math.max(...all.map((row) => row[column]!.length)));
  for (const row of all) console.log(row.map((cell, column) => cell.padStart(widths[column]!)).join("  "));
}

/** One of the callers of a run: does one job that the parent names and tells what it counted. */
import { countHeld, countKeys, countPackets, countSetups } from "../../sip-load/index.ts";
import { RtpLine } from "../../sip-load/rtp-line.ts";
import { sharedWires } from "../../sip-load/wire.ts";
import { isSecond } from "../product.ts";

export type CallerJob = { from: string; host: string; port: number; to: string } & (
  | { do: "held"; calls: number; seconds: number; perSecond: number }
  | { do: "keys"; calls: number; keys: number; betweenMs: number; perSecond: number }
  | { do: "setups"; cps: number; seconds: number; holdMs: number }
  /** No SIP: packets to and from these ports. */
  | { do: "bare"; ports: number[]; seconds: number }
);

const tell = (message: unknown): Promise<void> => new Promise((resolve) => process.send!(message, undefined, {}, () => resolve()));

process.on("disconnect", () => process.exit(0));
process.once("message", (job: CallerJob) => void run(job).then((part) => tell({ part })));

/** All callers begin their window together: each waits until the parent says so. */
function window(begun: boolean): Promise<unknown> {
  const go = begun ? new Promise((resolve) => process.once("message", resolve)) : undefined;
  void tell(begun ? "ready" : "over");
  return go ?? new Promise((resolve) => process.once("message", resolve));
}

async function run(job: CallerJob): Promise<unknown> {
  const target = { host: job.host, port: job.port, to: job.to, from: job.from, wires: sharedWires() };
  if (job.do === "held") return countHeld(target, { ...job, onMeasure: window });
  if (job.do === "keys") return countKeys(target, { ...job, event: 1, isNext: isSecond });
  if (job.do === "setups") return countSetups(target, job);
  const lines = await Promise.all(
    job.ports.map(async (port) => {
      const line = await RtpLine.open(target.wires);
      line.aim({ host: job.host, port });
      return line;
    }),
  );
  return countPackets(lines, { seconds: job.seconds, onMeasure: window });
}

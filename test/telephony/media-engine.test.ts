import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MediaEngine } from "../../runtime/telephony/media/media-engine.ts";
import type { MediaReport, StreamReport } from "../../runtime/telephony/sip/threads/protocol.ts";
import { PeerRtp } from "./peer-rtp.ts";
import { until } from "./until.ts";

const clip = { path: join(mkdtempSync(join(tmpdir(), "sufler-engine-")), "clip"), ms: 100 };
writeFileSync(`${clip.path}.ulaw`, Buffer.alloc(800, 0x11));

function engine(): { media: MediaEngine; reports: MediaReport[]; signals: StreamReport[]; events: () => unknown[] } {
  const reports: MediaReport[] = [];
  const signals: StreamReport[] = [];
  const media = new MediaEngine({
    options: { bind: "127.0.0.1", rtpPorts: [0, 0], rtpSilenceMs: 0, promptCacheBytes: 1 << 20 },
    report: (report) => void reports.push(report),
    signal: (report) => void signals.push(report),
  });
  return { media, reports, signals, events: () => reports.flatMap((report) => (report.type === "event" ? [report.event] : [])) };
}

test("commands that overtake the opening of their leg are done when it is open", async () => {
  const { media, signals, events } = engine();
  const rtp = await PeerRtp.open();
  media.command({ do: "play", leg: "a", id: "p", clips: [clip], loop: false });
  media.stream({ do: "open", leg: "a" });
  await until(() => signals.length === 1);
  expect(signals[0]).toMatchObject({ type: "opened", leg: "a" });
  media.stream({ do: "configure", leg: "a", stream: { law: "ulaw", address: "127.0.0.1", port: rtp.port, sending: true } });
  await until(() => events().length === 1 && rtp.loudMs() >= 100);
  expect(events()).toMatchObject([{ type: "played", id: "p", ms: 100, reason: "end" }]);
  await media.stop();
  rtp.close();
});

test("closed before it was open: the command fails, `closed` is told once", async () => {
  const { media, reports, events } = engine();
  media.command({ do: "play", leg: "a", id: "p", clips: [clip], loop: false });
  media.stream({ do: "open", leg: "a" });
  media.stream({ do: "close", leg: "a" });
  await until(() => reports.some((report) => report.type === "closed"));
  media.command({ do: "play", leg: "a", id: "late", clips: [clip], loop: false });
  expect(events()).toMatchObject([
    { id: "p", reason: "failed" },
    { id: "late", reason: "failed" },
  ]);
  expect(reports.filter((report) => report.type === "closed")).toHaveLength(1);
  await media.stop();
});

test("ports of the range are used up, then refused, then free again", async () => {
  const signals: StreamReport[] = [];
  const media = new MediaEngine({
    options: { bind: "127.0.0.1", rtpPorts: [9_500, 9_503], rtpSilenceMs: 0, promptCacheBytes: 0 },
    report: () => {},
    signal: (report) => void signals.push(report),
  });
  for (const leg of ["a", "b", "c"]) media.stream({ do: "open", leg });
  await until(() => signals.length === 3);
  expect(signals.map((signal) => signal.type).sort()).toEqual(["not-opened", "opened", "opened"]);
  media.stream({ do: "close", leg: "a" });
  media.stream({ do: "open", leg: "d" });
  await until(() => signals.length === 4);
  expect(signals[3]).toMatchObject({ type: "opened", leg: "d" });
  await media.stop();
});

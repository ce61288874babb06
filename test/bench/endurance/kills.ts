/** `npm run bench -- kills [--count 40]`: the server is killed without warning again and again in the middle of work; what it had acknowledged is looked for afterwards. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallRow } from "../../../runtime/ports/store.ts";
import { startProcess, type Process } from "../../journeys/process.ts";
import { SipPeer } from "../../telephony/peer.ts";

export type KillReport = {
  kills: number;
  cards: { acknowledged: number; lost: string[] };
  calls: { answered: number; withoutRow: string[]; stillLive: number };
  dialled: { numbers: number; twice: string[] };
  files: { unknown: string[]; missing: string[] };
};

type Run = { id: string; result: Record<string, unknown>; shown: { step: { values: Record<string, unknown> } } | null };

const contacts = 600;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function benchKills({ count, json }: { count: number; json: boolean }): Promise<KillReport> {
  const data = await mkdtemp(join(tmpdir(), "sufler-kills-"));
  const peer = await SipPeer.open();
  const config = join(data, "config.json");
  await writeFile(config, JSON.stringify({ trunks: [{ name: "peer", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 20 }] }));
  const start = () => startProcess(data, { SUFLER_CONFIG: config });
  const work = new Work(peer);
  let server = await start();
  await work.prepare(server);
  for (let round = 0; round < count; round++) {
    const stop = work.begin(server);
    await sleep(700 + ((round * 379) % 1_900));
    await server.kill();
    await stop();
    server = await start();
    if (!json)
      process.stdout.write(`\rkill ${round + 1} of ${count}: ${work.cards.size} cards, ${work.answered.size} calls, ${work.dialled().length} numbers dialled`);
  }
  const report = await work.look(server, count);
  await server.kill("SIGTERM");
  peer.close();
  await rm(data, { recursive: true, force: true });
  if (json) console.log(JSON.stringify(report, null, 2));
  else print(report);
  return report;
}

/** What goes on while the server lives, and what it has acknowledged. */
class Work {
  /** The last note of each card that the server said it has. */
  readonly cards = new Map<string, string>();
  /** Call-IDs of calls that were answered and acknowledged. */
  readonly answered = new Set<string>();
  private readonly peer: SipPeer;
  private number = 0;

  constructor(peer: SipPeer) {
    this.peer = peer;
  }

  async prepare(server: Process): Promise<void> {
    const csv = ["phone", ...Array.from({ length: contacts }, (_each, index) => `+79${String(100_000_000 + index)}`)].join("\n");
    for (let index = 0; index < contacts; index++)
      this.peer.program(`+79${100_000_000 + index}`, index % 3 === 0 ? { kind: "ring" } : { kind: "refuse", status: 486 });
    const fields = {
      title: "K",
      strategy: "nps-campaign",
      consent: "договор",
      lines: 10,
      windowFrom: "00:00",
      windowTo: "24:00",
      days: [1, 2, 3, 4, 5, 6, 7],
      zone: "Europe/Moscow",
      trunk: "peer",
    };
    const { id } = await server.api<{ id: string }>("POST", "/api/campaigns", fields);
    await server.api("POST", `/api/campaigns/${id}/contacts`, { csv, mapping: { phone: "phone" } });
    await server.api("POST", `/api/campaigns/${id}/start`);
  }

  /** Types on cards and calls in until told to stop. */
  begin(server: Process): () => Promise<void> {
    let going = true;
    // The kill ends them in the middle of a request.
    const loops = [this.types(server, () => going), this.callsIn(server, () => going)].map((loop) => loop.catch(() => undefined));
    return async () => {
      going = false;
      await Promise.allSettled(loops);
    };
  }

  private async types(server: Process, going: () => boolean): Promise<void> {
    const { id } = await server.api<Run>("POST", "/api/desk/runs", { flow: "first-line", operator: "Оля" });
    for (let n = 1; going(); n++) {
      const note = `запись ${n}`;
      await server.api("POST", `/api/desk/runs/${id}/fill`, { fields: { name: note } });
      this.cards.set(id, note);
    }
  }

  private async callsIn(server: Process, going: () => boolean): Promise<void> {
    while (going()) {
      const call = await this.peer.call({ to: "1034", port: server.sip.port, from: `+7916${String(1_000_000 + this.number++)}` });
      await sleep(60);
      if (call.answered) this.answered.add(call.callId);
      if (this.number % 2 === 0) call.press("7");
      await sleep(40);
      if (call.answered) this.answered.add(call.callId);
    }
  }

  /** Numbers that were rung, each dialog once. */
  dialled(): string[] {
    const dialogs = new Map<string, string>();
    for (const message of this.peer.received) {
      if (message.method !== "INVITE") continue;
      const number = /\+79\d+/.exec(decodeURIComponent(message.line))?.[0];
      if (number) dialogs.set(message.headers.get("call-id")?.[0] ?? "", number);
    }
    return [...dialogs.values()];
  }

  async look(server: Process, kills: number): Promise<KillReport> {
    const lost: string[] = [];
    for (const [id, note] of this.cards) {
      const run = await server.api<Run>("GET", `/api/desk/runs/${id}`).catch(() => null);
      const kept = run?.shown?.step.values["name"];
      // What came after the last acknowledgement may be there, too.
      const number = (text: unknown) => Number(String(text).replace(/\D/g, ""));
      if (!run || !(number(kept) >= number(note))) lost.push(`${id}: ${note}, kept ${String(kept)}`);
    }
    const rows: CallRow[] = [];
    for (let offset = 0; ; offset += 500) {
      const page = await server.api<{ calls: CallRow[] }>("GET", `/api/calls?limit=500&offset=${offset}`);
      rows.push(...page.calls);
      if (page.calls.length < 500) break;
    }
    const known = new Set(rows.map((row) => row.sipCallId));
    const numbers = this.dialled();
    return {
      kills,
      cards: { acknowledged: this.cards.size, lost },
      calls: {
        answered: this.answered.size,
        withoutRow: [...this.answered].filter((id) => !known.has(id)),
        stillLive: rows.filter((row) => row.endedAt === null && row.kind !== "script").length,
      },
      dialled: { numbers: new Set(numbers).size, twice: [...new Set(numbers.filter((number, index) => numbers.indexOf(number) !== index))] },
      files: await server.api<KillReport["files"]>("GET", "/api/files"),
    };
  }
}

function print({ kills, cards, calls, dialled, files }: KillReport): void {
  console.log(`\n${kills} kills`);
  console.log(
    `cards       ${cards.acknowledged} acknowledged, ${cards.lost.length} lost${cards.lost.length > 0 ? `: ${cards.lost.slice(0, 5).join("; ")}` : ""}`,
  );
  console.log(`calls       ${calls.answered} answered, ${calls.withoutRow.length} without a row, ${calls.stillLive} still called live`);
  console.log(
    `dialled     ${dialled.numbers} numbers, ${dialled.twice.length} twice${dialled.twice.length > 0 ? `: ${dialled.twice.slice(0, 5).join(", ")}` : ""}`,
  );
  console.log(`files       ${files.unknown.length} that no row knows, ${files.missing.length} gone`);
}

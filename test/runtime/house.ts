import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { answerCache } from "../../runtime/calls/answer-cache.ts";
import { callRegistry, type CallDeps } from "../../runtime/calls/call-registry.ts";
import { keptWrites } from "../../runtime/calls/kept-writes.ts";
import { liveBus } from "../../runtime/calls/live-bus.ts";
import { machineCache } from "../../runtime/calls/machines.ts";
import { outbox } from "../../runtime/calls/outbox.ts";
import { crmByKind } from "../../runtime/crm/crm-by-kind.ts";
import { demoConnector } from "../../runtime/crm/demo-connector.ts";
import { webhookCrm } from "../../runtime/crm/webhook-crm.ts";
import { gatewayNotify } from "../../runtime/notify/gateway-notify.ts";
import type { Clock } from "../../runtime/ports/clock.ts";
import type { Store } from "../../runtime/ports/store.ts";
import type { Telephony } from "../../runtime/ports/telephony.ts";
import { outside } from "../../runtime/outside/fetch-bounded.ts";
import { systemClock, timeIds } from "../../runtime/system.ts";

/** Everything that playing a call needs, over a store and a telephony of the test's own. */
export function houseOf(store: Store, telephony: Telephony, clock: Clock = systemClock): CallDeps {
  const ids = timeIds();
  const way = outside({ allowed: () => ["127.0.0.1"] });
  const kept = keptWrites({ clock, log: () => {} });
  return {
    store: clock === systemClock ? store : withoutWaiting(store),
    telephony,
    machines: machineCache(store.flows),
    prompts: { clips: async (items) => items.map(() => ({ path: "/nowhere", ms: 20 })), warm: async () => 0, ringback: async () => null },
    clock,
    ids,
    bus: liveBus(),
    registry: callRegistry(),
    kept,
    crm: crmByKind({ webhook: webhookCrm(clock, way), demo: demoConnector("Europe/Moscow", clock) }),
    outbox: outbox({ store: store.outbox, notify: gatewayNotify(store.settings, clock, way), clock, ids, kept, log: () => {} }),
    answers: answerCache(),
    outside: way,
    recorded: { clip: async () => null, forget: async () => {} },
    recordings: "/tmp",
    zone: "Europe/Moscow",
    country: "RU",
    defaultTrunk: "",
    maxCalls: 10,
    log: () => {},
  };
}

/** For a clock that stands: a call is answered at once, its row is written behind it. Real time, which a disk takes, does not pass there. */
function withoutWaiting(store: Store): Store {
  const begin: Store["calls"]["begin"] = (...row) => (void store.calls.begin(...row).catch(() => undefined), Promise.resolve());
  return { ...store, calls: Object.assign(Object.create(store.calls) as Store["calls"], { begin }) };
}

/** What is known of an incoming call when it begins, for a flow called `t`. */
export const incomingCall = (id: string) => ({
  id,
  flow: "t",
  version: 1,
  kind: "ivr",
  direction: "inbound" as const,
  caller: "+79990000001",
  dialled: "1000",
  sipCallId: "x",
  startedAt: systemClock.now(),
  operator: "",
  attempt: null,
});

/** A clock that stands until it is moved; timers fire in order. */
export function standingClock(start: number): Clock & { move(ms: number): Promise<void>; waiting(): number } {
  let at = start;
  let timers: { at: number; callback: () => void }[] = [];
  return {
    now: () => at,
    after(ms, callback) {
      const timer = { at: at + ms, callback };
      timers.push(timer);
      return () => void (timers = timers.filter((each) => each !== timer));
    },
    waiting: () => timers.length,
    async move(ms) {
      const end = at + ms;
      for (let next = first(timers, end); next; next = first(timers, end)) {
        at = next.at;
        timers = timers.filter((each) => each !== next);
        next.callback();
        await new Promise((resolve) => setImmediate(resolve));
      }
      at = end;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
const first = (timers: readonly { at: number; callback: () => void }[], end: number) =>
  timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];

export type Asked = { method: string; url: string; headers: IncomingMessage["headers"]; body: string };
type Says = { status?: number; body?: unknown; raw?: string; hang?: boolean };

/** A server of someone else: what it was asked, and what it says next (the last one stays). */
export async function outsideServer(): Promise<{ url: string; asked: Asked[]; says(...answers: Says[]): void; close(): Promise<void> }> {
  const asked: Asked[] = [];
  let answers: Says[] = [{}];
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      asked.push({ method: request.method!, url: request.url!, headers: request.headers, body });
      const { status = 200, body: value = {}, raw, hang } = answers.length > 1 ? answers.shift()! : answers[0]!;
      if (!hang) response.writeHead(status, { "content-type": "application/json" }).end(raw ?? JSON.stringify(value));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    says: (...next) => void (answers = next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

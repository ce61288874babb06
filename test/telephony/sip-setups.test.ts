import type { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { sipTelephony } from "../../runtime/telephony/sip/index.ts";
import { pass, until } from "./until.ts";
import { has, only, peer, port, request, watch, type Watched } from "./wire.ts";

/** Starts it so that it answers every call, and has one answered. */
async function answering(own: ReturnType<typeof sipTelephony>) {
  const legs: Watched[] = [];
  const started = await own.start({
    onIncoming: (leg) => {
      legs.push(watch(leg));
      leg.answer();
    },
  });
  await peer.call({ to: "1", port: started.port });
  await until(() => has(legs[0], "answered"));
  return { legs, started };
}

describe("other set-ups", () => {
  test("a port in use is told with its code", async () => {
    const second = sipTelephony({ bind: "127.0.0.1", sipPort: port, rtpPorts: [0, 0], trunks: [], maxLegs: 1, allow: "any" });
    await expect(second.start({ onIncoming: () => {} })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await second.stop();
  });

  test("strangers get no answer", async () => {
    const closed = sipTelephony({ bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], trunks: [], maxLegs: 1, allow: ["192.0.2.1"] });
    const started = await closed.start({ onIncoming: () => {} });
    expect(await peer.ask(request("OPTIONS"), started.port, 200)).toBeUndefined();
    await closed.stop();
  });

  test("REGISTER with credentials, shown as a status, taken back at the end", async () => {
    const seen: string[] = [];
    peer.onRequest = (message) => {
      if (message.method !== "REGISTER") return undefined;
      seen.push(message.headers.get("expires")?.[0] ?? "");
      const to = message.headers.get("to")![0];
      const copied = ["via", "from", "call-id", "cseq"].map((name) => `${name}: ${message.headers.get(name)![0]}`);
      const challenge = !message.headers.has("authorization");
      const own = challenge ? 'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"' : `Contact: ${message.headers.get("contact")![0]};expires=60`;
      return [`SIP/2.0 ${challenge ? "401 No" : "200 OK"}`, ...copied, `To: ${to};tag=x`, own, "Content-Length: 0", "", ""].join("\r\n");
    };
    const registered = sipTelephony({
      bind: "127.0.0.1",
      sipPort: 0,
      rtpPorts: [0, 0],
      maxLegs: 1,
      allow: "any",
      trunks: [{ name: "t", host: "127.0.0.1", port: peer.port, transport: "udp", username: "u", password: "p", register: true, maxLines: 1 }],
    });
    await registered.start({ onIncoming: () => {} });
    await until(() => registered.trunks()[0]!.state === "registered");
    expect(seen).toEqual(["300", "300"]);
    await registered.stop();
    expect(seen.at(-1)).toBe("0");
    peer.onRequest = () => undefined;
  });

  test.each([
    ["signalling", 1],
    ["media", 1],
    ["media", 2],
  ])("a dead %s worker of %i media threads ends its calls; the next call is served", async (name, mediaThreads) => {
    const own = sipTelephony({ bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], trunks: [], maxLegs: 3, mediaThreads, allow: "any", log: () => {} });
    const { legs, started } = await answering(own);
    type Killable = { terminate(): Promise<number> };
    const { workers } = own as unknown as { workers: { signalling: Killable; mediaWorkers: Killable[] } };
    await (name === "media" ? workers.mediaWorkers.at(-1)! : workers.signalling).terminate();
    await until(() => has(legs[0], "hungup"));
    expect(only(legs[0]!, "hungup")[0]!.cause).toMatchObject({ by: "network" });
    for (let i = 0; legs.length < 2 && i < 20; i++) {
      await peer.call({ to: "1", port: started.port });
      await pass(200);
    }
    await until(() => has(legs[1], "answered"));
    await own.stop();
  });

  test("a signalling worker that hangs is ended and started again", async () => {
    const logged: string[] = [];
    const own = sipTelephony({
      bind: "127.0.0.1",
      sipPort: 0,
      rtpPorts: [0, 0],
      trunks: [],
      maxLegs: 3,
      allow: "any",
      hungAfterMs: 2_500,
      log: (line) => void logged.push(line),
    });
    const { legs, started } = await answering(own);
    const { workers } = own as unknown as { workers: { signalling: Worker } };
    await pass(1_200);
    // What it says is heard no more, as of a thread that hangs.
    workers.signalling.removeAllListeners("message");
    await until(() => has(legs[0], "hungup"), 10_000);
    expect(only(legs[0]!, "hungup")[0]!.cause).toMatchObject({ by: "network" });
    expect(logged.some((line) => line.includes("not responding"))).toBe(true);
    for (let i = 0; legs.length < 2 && i < 20; i++) {
      await peer.call({ to: "1", port: started.port });
      await pass(200);
    }
    await until(() => has(legs[1], "answered"));
    await own.stop();
  });

  test("a challenged BYE is sent with credentials", async () => {
    const own = sipTelephony({
      bind: "127.0.0.1",
      sipPort: 0,
      rtpPorts: [0, 0],
      maxLegs: 3,
      allow: "any",
      trunks: [{ name: "login", host: "127.0.0.1", port: peer.port, transport: "udp", register: false, maxLines: 9, username: "user", password: "secret" }],
    });
    await own.start({ onIncoming: () => {} });
    peer.program("308", { kind: "answer", afterMs: 10 });
    const call = watch(own.dial({ to: "308", trunk: "login", ringTimeoutMs: 5_000 }));
    await until(() => has(call, "answered"));
    peer.calls.at(-1)!.challengeBye = 'Proxy-Authenticate: Digest realm="r", nonce="z"';
    call.leg.hangup();
    await until(() => peer.calls.at(-1)!.over);
    expect(peer.received.findLast((message) => message.method === "BYE")!.headers.get("proxy-authorization")![0]).toContain('nonce="z"');
    await own.stop();
  });

  test("stop ends the calls with BYE", async () => {
    const own = sipTelephony({ bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], trunks: [], maxLegs: 3, allow: "any" });
    const legs: Watched[] = [];
    const started = await own.start({
      onIncoming: (leg) => {
        legs.push(watch(leg));
        leg.answer();
      },
    });
    const call = await peer.call({ to: "1", port: started.port });
    await until(() => has(legs[0], "answered"));
    await own.stop();
    await until(() => call.over);
    expect(legs[0]!.events.at(-1)).toMatchObject({ type: "hungup", cause: { by: "local" } });
  });
});

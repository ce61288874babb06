/** Who may take a call's stream: the address of the SDP, else who shows it on probation; never one packet of a stranger. */
import { createSocket } from "node:dgram";
import { afterEach, describe, expect, test } from "vitest";
import { RtpLeg } from "../../runtime/telephony/media/rtp-leg.ts";
import { RtpPorts } from "../../runtime/telephony/media/rtp-ports.ts";
import { writeRtp } from "../../runtime/telephony/media/rtp-packet.ts";
import { SourceLatch } from "../../runtime/telephony/media/source-latch.ts";
import { PeerRtp } from "./peer-rtp.ts";
import { pass, until } from "./until.ts";
import { clip, has, incoming, only, peer, port } from "./wire.ts";

const announced = ["10.0.0.1", 4000] as const;
const behindNat = ["192.0.2.1", 999] as const;
const stranger = ["203.0.113.5", 666] as const;

/** A latch that expects the announced address, from a SIP peer behind NAT; packets come 20 ms apart. */
function world(near: string | undefined = behindNat[0]) {
  const latch = new SourceLatch();
  latch.expect(...announced, near, 0);
  let at = 1_000;
  const sequences = new Map<string, number>();
  /** So many packets in a row; how many of them were believed. */
  const send = (from: readonly [string, number], packets: number, ssrc = 1): number => {
    let believed = 0;
    for (let i = 0; i < packets; i++) {
      const sequence = (sequences.get(`${from}`) ?? 65_530) + 1;
      sequences.set(`${from}`, sequence);
      if (latch.accepts({ ssrc, sequence: sequence & 0xffff }, ...from, (at += 20))) believed++;
    }
    return believed;
  };
  return { latch, send, wait: (ms: number) => void (at += ms), target: () => latch.target?.address };
}

describe("the source of a stream", () => {
  test("the announced address is believed at once, whatever its SSRC", () => {
    const { send, target } = world();
    expect([send(announced, 3, 1), send(announced, 2, 9), target()]).toEqual([3, 2, announced[0]]);
  });

  test("one packet of a stranger changes nothing, at no time", () => {
    const { send, target } = world();
    expect([send(stranger, 1), target()]).toEqual([0, announced[0]]);
    send(announced, 10);
    expect([send(stranger, 1, 77), target()]).toEqual([0, announced[0]]);
  });

  test("while the announced address speaks, nobody else is believed, however long he sends", () => {
    const { send, target } = world();
    for (let i = 0; i < 500; i++) {
      send(announced, 1);
      expect(send(stranger, 1) + send(behindNat, 1)).toBe(0);
    }
    expect(target()).toBe(announced[0]);
  });

  test("a phone behind NAT is learned after five packets in a row; a stranger needs many more", () => {
    expect(world().send(behindNat, 10)).toBe(6);
    const far = world();
    far.wait(1_000);
    expect([far.send(stranger, 24), far.send(stranger, 6)]).toEqual([0, 6]);
  });

  test("an announced address that has not spoken yet has two seconds to begin; beside it nobody is believed, not even from its host", () => {
    const { send, target } = world(announced[0]);
    expect(send([announced[0], 777], 40) + send(stranger, 8)).toBe(0);
    expect([send(announced, 1), target()]).toEqual([1, announced[0]]);
    const silent = world(announced[0]);
    silent.wait(2_000);
    expect(silent.send([announced[0], 777], 10)).toBeGreaterThan(0);
  });

  test("the announced address wins back what was learned, the near one what a stranger took", () => {
    const { send, target, wait } = world();
    wait(1_000);
    send(stranger, 40);
    expect(target()).toBe(stranger[0]);
    send(behindNat, 5);
    expect(target()).toBe(behindNat[0]);
    expect(send(stranger, 50)).toBe(0);
    send(announced, 1);
    expect(target()).toBe(announced[0]);
  });

  test("a learned source gives way only after its silence", () => {
    const { send, target, wait } = world();
    send(behindNat, 10);
    for (let i = 0; i < 60; i++) {
      send(behindNat, 1);
      send([behindNat[0], 1_001], 1);
    }
    expect([send([behindNat[0], 1_001], 5), target()]).toEqual([0, behindNat[0]]);
    wait(2_000);
    expect(send([behindNat[0], 1_001], 10)).toBe(6);
  });

  test("packets that are no row are not counted: other SSRCs, jumps, a burst, long pauses", () => {
    const { latch, wait, send } = world();
    for (let i = 0; i < 50; i++) expect(latch.accepts({ ssrc: i, sequence: i }, ...behindNat, 1_000 + i * 20)).toBe(false);
    for (let i = 0; i < 50; i++) expect(latch.accepts({ ssrc: 1, sequence: i * 10 }, ...behindNat, 3_000 + i * 20)).toBe(false);
    for (let i = 0; i < 50; i++) expect(latch.accepts({ ssrc: 2, sequence: i }, ...behindNat, 5_000)).toBe(false);
    for (let i = 0; i < 20; i++) {
      wait(600);
      expect(send(behindNat, 1)).toBe(0);
    }
  });

  test("strangers from a hundred ports do not crowd out the phone behind NAT", () => {
    const { send } = world();
    let believed = 0;
    for (let i = 0; i < 20; i++) {
      for (let p = 0; p < 10; p++) send([stranger[0], 1_000 + p], 1);
      believed += send(behindNat, 1);
    }
    expect(believed).toBeGreaterThanOrEqual(10);
  });

  test("a new announced address begins again", () => {
    const { latch, send, target } = world();
    send(behindNat, 10);
    latch.expect("10.0.0.2", 5000, behindNat[0]);
    expect([target(), send(behindNat, 1)]).toEqual(["10.0.0.2", 0]);
  });
});

describe("on the wire", () => {
  const sockets: ReturnType<typeof createSocket>[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.close();
  });

  test("a stranger in the first second gets no packet, and his key is ignored", async () => {
    const call = await peer.call({ to: "1000", port });
    await until(() => has(incoming[0], "answered"));
    const ours = Number(/m=audio (\d+)/.exec(call.responses.find((message) => message.status === 200)?.body ?? "")?.[1]);
    expect(ours).toBeGreaterThan(0);
    const socket = createSocket("udp4");
    sockets.push(socket);
    let stolen = 0;
    socket.on("message", () => stolen++);
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const header = { payloadType: 0, marker: false, timestamp: 160, ssrc: 666 };
    socket.send(writeRtp({ ...header, sequence: 1 }, Buffer.alloc(160, 0x11)), ours, "127.0.0.1");
    const key = Buffer.from([9, 0x0a, 0, 160]);
    socket.send(writeRtp({ ...header, payloadType: 101, sequence: 2 }, key), ours, "127.0.0.1");
    incoming[0]!.leg.play("p", [clip]);
    await until(() => has(incoming[0], "played"));
    call.press("5");
    await until(() => has(incoming[0], "digit"));
    await pass(100);
    expect(only(incoming[0]!, "digit").map(({ digit }) => digit)).toEqual(["5"]);
    expect([stolen, call.rtp.loudMs()]).toEqual([0, 200]);
  });
});

test("ports come in random order, each once before any comes again", async () => {
  const ports = new RtpPorts("127.0.0.1", [23_000, 23_199]);
  const orders: number[][] = [];
  for (let round = 0; round < 2; round++) {
    const order: number[] = [];
    for (let i = 0; i < 40; i++) {
      const { socket, port } = await ports.open();
      order.push(port);
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    }
    orders.push(order);
  }
  const all = orders.flat();
  expect(new Set(all).size).toBe(80);
  expect(all.every((port) => port % 2 === 0)).toBe(true);
  const steps = new Set(all.slice(1).map((port, i) => port - all[i]!));
  expect(steps.size).toBeGreaterThan(20);
});

describe("a socket that is connected while its far end is heard", () => {
  const stream = (port: number) => ({ law: "ulaw" as const, eventPayload: 101, address: "127.0.0.1", port, sending: true });

  async function leg() {
    const { socket, port } = await new RtpPorts("127.0.0.1", [0, 0]).open();
    const made = new RtpLeg("a", socket, 0, () => {});
    socket.on("message", (bytes, from) => made.receive(bytes, from));
    const connected = () => {
      try {
        return socket.remoteAddress().port;
      } catch {
        return undefined;
      }
    };
    return { leg: made, port, connected };
  }

  test("from the first packet of the announced address to a second of silence", async () => {
    const { leg: own, port, connected } = await leg();
    const far = await PeerRtp.open();
    far.target = { address: "127.0.0.1", port };
    own.configure(stream(far.port));
    own.tick();
    expect(connected()).toBeUndefined();
    await far.silence(20);
    await until(() => connected() === far.port);
    for (let i = 0; i < 49; i++) own.tick();
    expect(connected()).toBe(far.port);
    for (let i = 0; i < 2; i++) own.tick();
    expect(connected()).toBeUndefined();
    // The port is still its own, and the far end still hears it.
    const before = far.heard.length;
    await far.silence(20);
    await until(() => connected() === far.port);
    own.tick();
    await until(() => far.heard.length > before);
    own.close();
    far.close();
  });

  test("another address by offer/answer is heard at once", async () => {
    const { leg: own, port, connected } = await leg();
    const [first, second] = [await PeerRtp.open(), await PeerRtp.open()];
    first.target = second.target = { address: "127.0.0.1", port };
    own.configure(stream(first.port));
    await first.silence(20);
    await until(() => connected() === first.port);
    own.configure(stream(second.port));
    own.tick();
    await until(() => second.heard.length === 1);
    await second.silence(20);
    await until(() => connected() === second.port);
    own.close();
    first.close();
    second.close();
  });
});

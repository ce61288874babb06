/** What every adapter of the telephony port must do, as a suite to be run by each of them. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Clip, Leg, LegEvent, Telephony } from "../../runtime/ports/telephony.ts";

/** The far end of one call, in the hands of the suite. */
export type ContractFarEnd = {
  readonly answered: boolean;
  readonly over: boolean;
  /** Final SIP status a caller got, 0 before. */
  readonly status: number;
  /** Milliseconds of prompt heard so far. */
  heardMs(): number;
  press(digit: string): void;
  speak(ms: number): void;
  hangup(): void;
  /** Digits our side sent. */
  digits(): string;
  onRefer(sipStatus: number): void;
};

export type ContractWorld = {
  telephony: Telephony;
  /** A configured trunk that leads to the far end. */
  trunk: string;
  /** An audible prompt in `folder`. */
  clip(folder: string, ms: number): Promise<Clip>;
  call(facts: { from: string; to: string }): Promise<ContractFarEnd>;
  program(number: string, program: { kind: "answer" } | { kind: "noAnswer" } | { kind: "refuse"; sipStatus: number }): void;
  /** The far end of a dialled leg, once it was reached. */
  dialled(number: string): ContractFarEnd | undefined;
  /** Lets time pass until the condition holds; fails after about ten seconds. */
  until(condition: () => boolean): Promise<void>;
  /** Lets so much time pass. */
  pass(ms: number): Promise<void>;
  /** True when bridged audio can be heard at the other far end. */
  hears(listener: ContractFarEnd, speaker: ContractFarEnd): Promise<boolean>;
  stop(): Promise<void>;
};

type Options = { name: string; make: (onIncoming: (leg: Leg) => void) => Promise<ContractWorld> };

export function telephonyContract({ name, make }: Options): void {
  describe(`telephony contract: ${name}`, () => {
    let world: ContractWorld;
    let folder: string;
    let incoming: Watched[] = [];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "sufler-contract-"));
      world = await make((leg) => incoming.push(watch(leg)));
    });
    afterAll(async () => {
      await world.stop();
      await rm(folder, { recursive: true, force: true });
    });
    beforeEach(() => {
      incoming = [];
    });
    afterEach(async () => {
      for (const { leg } of incoming) leg.hangup();
      await world.until(() => world.telephony.stats().legs === 0);
    });

    /** An incoming call as far as `onIncoming`. */
    async function called(from = "79990000001", to = "1000"): Promise<Watched & { far: ContractFarEnd }> {
      const far = await world.call({ from, to });
      await world.until(() => incoming.length > 0);
      return { ...incoming[incoming.length - 1]!, far };
    }

    async function answered(): Promise<Watched & { far: ContractFarEnd }> {
      const call = await called();
      call.leg.answer();
      await world.until(() => has(call, "answered") && call.far.answered);
      return call;
    }

    function dial(to: string, ringTimeoutMs = 5_000): Watched {
      return watch(world.telephony.dial({ to, trunk: world.trunk, callerId: "74950000000", ringTimeoutMs }));
    }

    async function dialAnswered(to: string): Promise<Watched & { far: ContractFarEnd }> {
      world.program(to, { kind: "answer" });
      const call = dial(to);
      await world.until(() => has(call, "answered"));
      return { ...call, far: world.dialled(to)! };
    }

    test("an incoming call says who calls whom", async () => {
      const { leg } = await called("79991112233", "4242");
      expect([leg.direction, leg.caller, leg.dialled]).toEqual(["inbound", "79991112233", "4242"]);
      expect(leg.sipCallId).not.toBe("");
    });

    test("answer, then the caller hangs up", async () => {
      const call = await answered();
      call.far.hangup();
      await world.until(() => has(call, "hungup"));
      expect(last(call)).toMatchObject({ type: "hungup", cause: { by: "remote", q850: 16 } });
    });

    test("we hang up an answered call", async () => {
      const call = await answered();
      call.leg.hangup();
      call.leg.hangup();
      await world.until(() => has(call, "hungup") && call.far.over);
      expect(last(call)).toMatchObject({ type: "hungup", cause: { by: "local" } });
      expect(call.events.filter((event) => event.type === "hungup")).toHaveLength(1);
    });

    test("the caller gives up before the answer", async () => {
      const call = await called();
      call.leg.ring();
      await world.pass(50);
      call.far.hangup();
      await world.until(() => has(call, "hungup"));
      expect(call.events).toMatchObject([{ type: "hungup", cause: { by: "remote", sipStatus: 487 } }]);
    });

    for (const sipStatus of [486, 503]) {
      test(`reject with ${sipStatus}`, async () => {
        const call = await called();
        call.leg.reject(sipStatus, { retryAfterS: 10 });
        await world.until(() => has(call, "hungup") && call.far.status === sipStatus);
        expect(call.events).toMatchObject([{ type: "hungup", cause: { by: "local", sipStatus } }]);
      });
    }

    test("plays two clips to their end", async () => {
      const call = await answered();
      const clips = [await world.clip(folder, 200), await world.clip(folder, 100)];
      call.leg.play("p1", clips);
      await world.until(() => has(call, "played"));
      expect(last(call)).toMatchObject({ type: "played", id: "p1", reason: "end", ms: 300 });
      await world.until(() => call.far.heardMs() >= 280);
    });

    test("stops a play", async () => {
      const call = await answered();
      call.leg.play("p1", [await world.clip(folder, 5_000)]);
      await world.until(() => call.far.heardMs() > 0);
      await world.pass(100);
      call.leg.stopPlay("p1");
      await world.until(() => has(call, "played"));
      const played = last(call);
      expect(played).toMatchObject({ type: "played", id: "p1", reason: "stopped" });
      expect(played.type === "played" && played.ms > 0 && played.ms < 5_000).toBe(true);
    });

    test("a new play stops the old one", async () => {
      const call = await answered();
      call.leg.play("p1", [await world.clip(folder, 5_000)]);
      await world.pass(60);
      call.leg.play("p2", [await world.clip(folder, 100)]);
      await world.until(() => count(call, "played") === 2);
      expect(call.events.filter((event) => event.type === "played")).toMatchObject([
        { id: "p1", reason: "stopped" },
        { id: "p2", reason: "end", ms: 100 },
      ]);
    });

    test("loops until stopped", async () => {
      const call = await answered();
      call.leg.play("p1", [await world.clip(folder, 60)], { loop: true });
      await world.until(() => call.far.heardMs() > 300);
      expect(has(call, "played")).toBe(false);
      call.leg.stopPlay("p1");
      await world.until(() => has(call, "played"));
    });

    test("a background is heard round and round wherever nothing else is, until it is switched off", async () => {
      const call = await answered();
      const music = await world.clip(folder, 100);
      call.leg.background([music]);
      await world.pass(400);
      call.leg.play("p1", [await world.clip(folder, 200)]);
      await world.until(() => has(call, "played"));
      expect(last(call)).toMatchObject({ type: "played", id: "p1", reason: "end", ms: 200 });
      await world.pass(400);
      call.leg.background([]);
      await world.pass(60);
      const heard = call.far.heardMs();
      expect(heard).toBeGreaterThanOrEqual(800);
      await world.pass(200);
      expect(call.far.heardMs()).toBe(heard);
    });

    test("reports each key once, in order", async () => {
      const call = await answered();
      for (const digit of "1155#") call.far.press(digit);
      await world.until(() => count(call, "digit") === 5);
      await world.pass(300);
      expect(call.events.flatMap((event) => (event.type === "digit" ? [event.digit] : [])).join("")).toBe("1155#");
    });

    test("hang-up in the middle of a play ends both, `hungup` last", async () => {
      const call = await answered();
      call.leg.play("p1", [await world.clip(folder, 5_000)]);
      await world.until(() => call.far.heardMs() > 0);
      call.far.hangup();
      await world.until(() => has(call, "hungup"));
      expect(call.events.slice(-2)).toMatchObject([{ type: "played", id: "p1", reason: "stopped" }, { type: "hungup" }]);
    });

    test("dial: answered, caller ID and number known", async () => {
      const call = await dialAnswered("79990000010");
      expect(call.events.map((event) => event.type)).toEqual(["ringing", "answered"]);
      expect([call.leg.direction, call.leg.dialled]).toEqual(["outbound", "79990000010"]);
      call.leg.hangup();
      await world.until(() => has(call, "hungup") && call.far.over);
    });

    for (const sipStatus of [486, 603, 404]) {
      test(`dial: refused with ${sipStatus}`, async () => {
        world.program("79990000020", { kind: "refuse", sipStatus });
        const call = dial("79990000020");
        await world.until(() => has(call, "hungup"));
        expect(last(call)).toMatchObject({ type: "hungup", cause: { by: "remote", sipStatus } });
      });
    }

    test("dial: no answer within the time", async () => {
      world.program("79990000030", { kind: "noAnswer" });
      const call = dial("79990000030", 300);
      await world.until(() => has(call, "hungup"));
      expect(last(call)).toMatchObject({ type: "hungup", cause: { by: "local", failure: "noAnswer", reason: "no answer", rang: true } });
      expect(wordsOf(call)).toEqual([undefined, undefined]);
      await world.until(() => world.dialled("79990000030")?.over === true);
    });

    test("dial: an unknown trunk gives a leg that only hangs up", async () => {
      const call = watch(world.telephony.dial({ to: "1", trunk: "no-such-trunk", ringTimeoutMs: 1_000 }));
      await world.until(() => has(call, "hungup"));
      expect(call.events).toMatchObject([{ type: "hungup", cause: { by: "local", failure: "unknownTrunk" } }]);
      expect(wordsOf(call)).toEqual([undefined, undefined]);
    });

    test("dial: we hang up while it rings", async () => {
      world.program("79990000040", { kind: "noAnswer" });
      const call = dial("79990000040");
      await world.until(() => has(call, "ringing"));
      call.leg.hangup();
      await world.until(() => has(call, "hungup"));
      expect(last(call)).toMatchObject({ type: "hungup", cause: { by: "local", failure: "cancelled" } });
      expect(wordsOf(call)).toEqual([undefined, undefined]);
    });

    test("sends digits", async () => {
      const call = await answered();
      call.leg.sendDigits("d1", "12#");
      await world.until(() => has(call, "sent-digits"));
      expect(last(call)).toMatchObject({ type: "sent-digits", id: "d1" });
      await world.until(() => call.far.digits() === "12#");
    });

    test("bridges two legs and takes them apart", async () => {
      const a = await answered();
      const b = await dialAnswered("79990000050");
      a.leg.bridge(b.leg);
      expect(await world.hears(b.far, a.far)).toBe(true);
      expect(await world.hears(a.far, b.far)).toBe(true);
      a.far.press("7");
      await world.until(() => has(a, "digit"));
      a.leg.unbridge();
      b.leg.hangup();
      await world.until(() => has(b, "hungup"));
      expect(has(a, "hungup")).toBe(false);
    });

    for (const [sipStatus, ok] of [
      [200, true],
      [486, false],
    ] as const) {
      test(`blind transfer: ${sipStatus}`, async () => {
        const call = await answered();
        call.far.onRefer(sipStatus);
        call.leg.refer("t1", "2000");
        await world.until(() => has(call, "transferred"));
        expect(last(call)).toMatchObject({ type: "transferred", id: "t1", ok, sipStatus });
      });
    }

    test("records until the terminator", async () => {
      const call = await answered();
      const file = join(folder, "terminator.wav");
      call.leg.record({ id: "r1", file, maxMs: 10_000, silenceMs: 0, terminator: "#", beep: false });
      call.far.speak(400);
      await world.pass(600);
      call.far.press("#");
      await world.until(() => has(call, "recorded"));
      const recorded = call.events.find((event) => event.type === "recorded");
      expect(recorded).toMatchObject({ id: "r1", file, reason: "terminator", digit: "#" });
      expect(recorded?.type === "recorded" && recorded.speechMs > 200 && recorded.ms >= recorded.speechMs).toBe(true);
      expect(existsSync(file)).toBe(true);
    });

    test("records until silence, at most, and until the end of the call", async () => {
      const silence = await answered();
      silence.leg.record({ id: "r1", file: join(folder, "silence.wav"), maxMs: 10_000, silenceMs: 300, terminator: "", beep: false });
      silence.far.speak(200);
      await world.until(() => has(silence, "recorded"));
      expect(silence.events.at(-1)).toMatchObject({ type: "recorded", reason: "silence" });
      silence.leg.record({ id: "r2", file: join(folder, "max.wav"), maxMs: 200, silenceMs: 0, terminator: "", beep: false });
      await world.until(() => count(silence, "recorded") === 2);
      expect(silence.events.at(-1)).toMatchObject({ type: "recorded", reason: "max", ms: 200 });
      silence.leg.record({ id: "r3", file: join(folder, "hangup.wav"), maxMs: 10_000, silenceMs: 0, terminator: "", beep: false });
      await world.pass(100);
      silence.far.hangup();
      await world.until(() => has(silence, "hungup"));
      expect(silence.events.slice(-2)).toMatchObject([{ type: "recorded", id: "r3", reason: "hangup" }, { type: "hungup" }]);
    });

    test("records the whole call", async () => {
      const call = await answered();
      const file = join(folder, "call.wav");
      call.leg.startCallRecording(file);
      await world.pass(200);
      call.leg.hangup();
      await world.until(() => has(call, "hungup"));
      expect(existsSync(file)).toBe(true);
    });
  });
}

type Watched = { leg: Leg; events: LegEvent[] };

/** SIP status and Q.850 cause of the end: only what the network said. */
function wordsOf(call: Watched): (number | undefined)[] {
  const end = call.events.at(-1);
  return end?.type === "hungup" ? [end.cause.sipStatus, end.cause.q850] : [];
}

function watch(leg: Leg): Watched {
  const events: LegEvent[] = [];
  leg.listen((event) => events.push(event));
  return { leg, events };
}

function has(call: Watched, type: LegEvent["type"]): boolean {
  return call.events.some((event) => event.type === type);
}

function count(call: Watched, type: LegEvent["type"]): number {
  return call.events.filter((event) => event.type === type).length;
}

function last(call: Watched): LegEvent {
  return call.events[call.events.length - 1]!;
}

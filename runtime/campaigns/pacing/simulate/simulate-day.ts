import { seededRandom, hashOf } from "../../../../flows/compile/seeded.ts";
import type { Law } from "../law.ts";
import { exponential, type Uniform } from "./chance.ts";
import { dayFigures, slotS, type DayFigures } from "./day-figures.ts";
import { swapOut, viewOf, type DayView } from "./day-view.ts";
import type { ContactList } from "./contact-list.ts";
import { EventQueue } from "./event-queue.ts";
import { inboundContact, type Contact, type World } from "./world.ts";

export type DayOptions<Memory> = {
  world: World;
  law: Law<Memory>;
  memory: Memory;
  /** Same seed and day: same people, whatever the law. */
  seed: number;
  day: number;
  hours: number;
  /** Contacts left to dial; unlimited if absent. */
  list?: ContactList;
  /** Told how long each decision took, where a clock is given (milliseconds). */
  stopwatch?: { now(): number; decided(ms: number): void };
};

const kinds = { goesOut: 0, resolved: 1, verdict: 2, gaveUp: 3, talkEnded: 4, wrapEnded: 5, lookAgain: 6, beat: 7, sample: 8, changed: 9, inbound: 10 };
const shift = 1 << 24;
const inboundCampaign = -1;

/** Most dials of one decision that a list is asked for. */
const mostAtOnce = 10_000;

type Call = {
  contact: Contact;
  attempt: number;
  campaign: number;
  placedAt: number;
  amd: boolean;
  place: number;
  waitsSince: number;
  talksSince: number;
  leaving: boolean;
};

/** One working day of a team, event by event. */
export function simulateDay<Memory>(options: DayOptions<Memory>): DayFigures {
  return new Day(options).run();
}

class Day<Memory> {
  private readonly options: DayOptions<Memory>;
  private readonly figures: DayFigures;
  private readonly queue = new EventQueue();
  private readonly end: number;
  /** The law's clock: days follow one another without a gap of reset. */
  private readonly offset: number;
  private readonly people: Uniform[];
  private readonly inboundPeople: Uniform;
  private readonly calls: Call[] = [];
  private readonly freeSlots: number[] = [];
  private readonly waiting: number[] = [];
  private readonly idleSince: number[] = [];
  private readonly state: DayView<Memory>;
  private readonly dialSlots: number[][];
  private readonly talkSlots: number[] = [];
  private readonly wrapSlots: number[] = [];
  private present: number;
  private leaving = 0;
  private busy = 0;
  private lines = 0;
  private countedTo = 0;
  private dialledSinceSample = 0;
  private looksAgainAt = -1;
  private consulted = false;
  private consultedAt = Number.NEGATIVE_INFINITY;
  private linesShort = false;

  constructor(options: DayOptions<Memory>) {
    this.options = options;
    const { world, seed, day, hours } = options;
    this.end = hours * 3600;
    this.offset = day * 86_400;
    this.figures = dayFigures(hours);
    this.people = world.campaigns.map((_, index) => seededRandom(hashOf(`${seed}/${day}/${index}`)));
    this.inboundPeople = seededRandom(hashOf(`${seed}/${day}/inbound`));
    this.dialSlots = world.campaigns.map(() => []);
    this.present = world.staff(0);
    for (let agent = 0; agent < this.present; agent++) this.idleSince.push(0);
    this.state = viewOf(world, options.memory);
  }

  run(): DayFigures {
    const { world, law, memory } = this.options;
    const { queue } = this;
    law.learn(memory, { type: "day", at: this.offset });
    if (law.everyS) {
      for (let at = 1; at < this.end; at++) queue.push(at - 1e-6, kinds.sample * shift);
      for (let at = 0; at < this.end; at += law.everyS) queue.push(at, kinds.beat * shift);
    }
    for (const at of world.changes) queue.push(at, kinds.changed * shift);
    if (world.inbound) queue.push(exponential(this.inboundPeople, 1 / world.inbound.perS), kinds.inbound * shift);
    if (!law.everyS) this.consult(0);
    while (queue.nextAt < this.end) {
      const at = queue.nextAt;
      this.happen(queue.pop(), at);
    }
    this.count(this.end);
    return this.figures;
  }

  private happen(item: number, at: number): void {
    const kind = Math.floor(item / shift);
    const slot = item % shift;
    this.consulted = false;
    this.handlers[kind]!(slot, at);
    if (!this.consulted && !this.options.law.everyS) this.consultSoon(at);
  }

  /** At once, or when the law has rested since its last decision. */
  private consultSoon(at: number): void {
    const rested = this.consultedAt + (this.options.law.restS ?? 0);
    if (at >= rested) return this.consult(at);
    if (this.looksAgainAt <= rested && this.looksAgainAt > at) return;
    this.looksAgainAt = rested;
    this.queue.push(rested, kinds.lookAgain * shift);
  }

  private readonly handlers: readonly ((slot: number, at: number) => void)[] = [
    (slot, at) => this.queue.push(at + this.calls[slot]!.contact.ringS, kinds.resolved * shift + slot),
    (slot, at) => this.resolved(slot, at),
    (slot, at) => this.verdict(slot, at),
    (slot, at) => this.gaveUp(slot, at),
    (slot, at) => this.talkEnded(slot, at),
    (slot, at) => this.wrapEnded(slot, at),
    (_, at) => (this.looksAgainAt === at ? this.consult(at) : void (this.consulted = true)),
    (_, at) => this.consult(at),
    (_, at) => this.sample(at),
    (_, at) => this.staffChanged(at),
    (_, at) => this.incoming(at),
  ];

  /** Logged and busy time up to now. */
  private count(at: number): void {
    const passed = at - this.countedTo;
    this.figures.loggedS += passed * (this.present + this.leaving);
    this.figures.busyS += passed * this.busy;
    this.countedTo = at;
  }

  private consult(at: number): void {
    this.consulted = true;
    this.consultedAt = at;
    const { law, world, stopwatch, list } = this.options;
    const { state } = this;
    const left = list?.ready(this.offset + at, mostAtOnce) ?? Number.POSITIVE_INFINITY;
    state.team.linesFree = Math.min(left, Math.max(0, world.lines(at) - this.lines));
    for (let index = 0; index < world.campaigns.length; index++) state.campaigns[index]!.open = left > 0 && world.campaigns[index]!.open(at);
    const before = stopwatch?.now() ?? 0;
    const decision = law.decide(state, this.offset + at);
    stopwatch?.decided(stopwatch.now() - before);
    const amd = world.amd === null || decision.amd;
    this.linesShort = world.lines(at) < Number.POSITIVE_INFINITY && decision.dial.reduce((sum, each) => sum + each, 0) >= state.team.linesFree;
    for (let campaign = 0; campaign < decision.dial.length; campaign++) {
      for (let left = decision.dial[campaign]!; left > 0; left--) this.dial(campaign, at, decision.thinkS, amd);
    }
    if (law.everyS) return;
    this.looksAgainAt = at + decision.lookAgainS;
    this.queue.push(this.looksAgainAt, kinds.lookAgain * shift);
  }

  private dial(campaign: number, at: number, thinkS: number, amd: boolean): void {
    const contact = this.options.world.campaigns[campaign]!.contact(this.people[campaign]!, at);
    const attempt = this.options.list?.take(this.offset + at) ?? 1;
    const view = this.state.campaigns[campaign]!;
    const slot = this.take({ contact, attempt, campaign, placedAt: at, amd, place: view.dials.length, waitsSince: 0, talksSince: 0, leaving: false });
    view.dials.push(this.offset + at);
    view.segments.push(contact.segment);
    this.dialSlots[campaign]!.push(slot);
    this.figures.dials += 1;
    this.figures.lastDialAt = at;
    this.dialledSinceSample += 1;
    this.lines += 1;
    if (this.lines > this.figures.mostLines) this.figures.mostLines = this.lines;
    if (thinkS > 0) this.queue.push(at + thinkS, kinds.goesOut * shift + slot);
    else this.queue.push(at + contact.ringS, kinds.resolved * shift + slot);
  }

  private take(call: Call): number {
    const slot = this.freeSlots.pop() ?? this.calls.length;
    this.calls[slot] = call;
    return slot;
  }

  private release(slot: number): void {
    this.freeSlots.push(slot);
    this.lines -= 1;
  }

  private resolved(slot: number, at: number): void {
    const call = this.calls[slot]!;
    const { contact } = call;
    // Without detection a machine is an answer like any other.
    if (contact.kind === "none") return this.ended(slot, at);
    if (call.amd && contact.amdS > 0) return this.queue.push(at + contact.amdS, kinds.verdict * shift + slot);
    this.needsOperator(slot, at);
  }

  private verdict(slot: number, at: number): void {
    const { contact } = this.calls[slot]!;
    if (!contact.amdSaysMachine) return this.needsOperator(slot, at);
    if (contact.kind === "live") {
      this.figures.answers += 1;
      this.figures.takenForMachines += 1;
      this.slot(at, 1);
    }
    this.ended(slot, at);
  }

  private slot(at: number, lost: number): void {
    const slot = this.figures.slots[Math.floor(at / slotS)]!;
    slot.answers += 1;
    slot.abandoned += lost;
  }

  private ended(slot: number, at: number): void {
    this.options.list?.unanswered(this.calls[slot]!.attempt, this.offset + at);
    this.landed(slot, at, "unanswered");
    this.release(slot);
  }

  private landed(slot: number, at: number, type: "answered" | "unanswered"): void {
    const { campaign, place, placedAt, contact } = this.calls[slot]!;
    const view = this.state.campaigns[campaign]!;
    swapOut(view.dials, place);
    swapOut(view.segments, place);
    const moved = swapOut(this.dialSlots[campaign]!, place);
    if (moved !== undefined) this.calls[moved]!.place = place;
    const { law, memory } = this.options;
    law.learn(memory, { type, at: this.offset + at, campaign, segment: contact.segment, ringS: at - placedAt });
  }

  private needsOperator(slot: number, at: number): void {
    const call = this.calls[slot]!;
    this.landed(slot, at, "answered");
    call.waitsSince = at;
    if (this.idleSince.length > 0) return this.connect(slot, at);
    this.waiting.push(slot);
    this.state.team.waiting += 1;
    this.queue.push(at + call.contact.patienceS, kinds.gaveUp * shift + slot);
  }

  private incoming(at: number): void {
    const inbound = this.options.world.inbound!;
    const uniform = this.inboundPeople;
    this.queue.push(at + exponential(uniform, 1 / inbound.perS), kinds.inbound * shift);
    const contact = inboundContact(uniform, inbound);
    const slot = this.take({
      contact,
      attempt: 1,
      campaign: inboundCampaign,
      placedAt: at,
      amd: false,
      place: 0,
      waitsSince: at,
      talksSince: 0,
      leaving: false,
    });
    this.figures.inbound += 1;
    if (this.idleSince.length > 0) return this.connect(slot, at);
    this.waiting.push(slot);
    this.state.team.waiting += 1;
    this.queue.push(at + contact.patienceS, kinds.gaveUp * shift + slot);
  }

  private connect(slot: number, at: number): void {
    this.count(at);
    const call = this.calls[slot]!;
    const { figures, options, state } = this;
    figures.idle.add(at - this.idleSince.shift()!);
    state.team.idle -= 1;
    this.busy += 1;
    call.talksSince = at;
    this.startsTalking(slot, at);
    this.queue.push(at + call.contact.talkS, kinds.talkEnded * shift + slot);
    if (call.campaign === inboundCampaign) {
      if (at - call.waitsSince <= 20) figures.inboundInTime += 1;
      figures.conversations += 1;
      return;
    }
    figures.waits.add(at - call.waitsSince);
    options.law.learn(options.memory, { type: "connected", at: this.offset + at, campaign: call.campaign, linesShort: this.linesShort });
    if (call.contact.kind !== "live") return;
    figures.conversations += 1;
    figures.answers += 1;
    this.slot(at, 0);
  }

  private startsTalking(slot: number, at: number): void {
    this.calls[slot]!.place = this.talkSlots.length;
    this.talkSlots.push(slot);
    this.state.team.talking.push(this.offset + at);
  }

  private gaveUp(slot: number, at: number): void {
    const place = this.waiting.indexOf(slot);
    const call = this.calls[slot];
    if (place < 0 || !call || at !== call.waitsSince + call.contact.patienceS) return;
    this.waiting.splice(place, 1);
    this.state.team.waiting -= 1;
    if (call.campaign === inboundCampaign) return void this.freeSlots.push(slot);
    const { law, memory } = this.options;
    if (call.contact.kind === "live") {
      this.figures.answers += 1;
      this.figures.abandoned += 1;
      this.slot(at, 1);
    }
    law.learn(memory, { type: "abandoned", at: this.offset + at, campaign: call.campaign, linesShort: this.linesShort });
    this.release(slot);
  }

  private talkEnded(slot: number, at: number): void {
    const call = this.calls[slot]!;
    const { law, memory } = this.options;
    if (!call.leaving) this.leave(this.talkSlots, this.state.team.talking, call.place);
    if (call.campaign !== inboundCampaign) this.lines -= 1;
    if (call.contact.kind === "machine") law.learn(memory, { type: "machine", at: this.offset + at, campaign: call.campaign });
    law.learn(memory, { type: "talked", at: this.offset + at, seconds: call.contact.talkS });
    if (!(call.contact.wrapS > 0)) {
      law.learn(memory, { type: "wrapped", at: this.offset + at, seconds: 0 });
      return this.free(slot, at);
    }
    if (!call.leaving) {
      call.place = this.wrapSlots.length;
      this.wrapSlots.push(slot);
      this.state.team.wrapping.push(this.offset + at);
    }
    this.queue.push(at + call.contact.wrapS, kinds.wrapEnded * shift + slot);
  }

  private leave(slots: number[], since: number[], place: number): void {
    swapOut(since, place);
    const moved = swapOut(slots, place);
    if (moved !== undefined) this.calls[moved]!.place = place;
  }

  private wrapEnded(slot: number, at: number): void {
    const call = this.calls[slot]!;
    const { law, memory } = this.options;
    if (!call.leaving) this.leave(this.wrapSlots, this.state.team.wrapping, call.place);
    law.learn(memory, { type: "wrapped", at: this.offset + at, seconds: call.contact.wrapS });
    this.free(slot, at);
  }

  /** The operator is done with this call: the next one who waits, or idle. */
  private free(slot: number, at: number): void {
    this.count(at);
    this.busy -= 1;
    const { leaving } = this.calls[slot]!;
    this.freeSlots.push(slot);
    if (leaving) return void (this.leaving -= 1);
    this.becomeIdle(at);
  }

  private becomeIdle(at: number): void {
    this.idleSince.push(at);
    this.state.team.idle += 1;
    const next = this.waiting.shift();
    if (next === undefined) return;
    this.state.team.waiting -= 1;
    this.connect(next, at);
  }

  private sample(at: number): void {
    const { law, memory } = this.options;
    law.learn(memory, { type: "look", at: this.offset + at, team: this.state.team, dialled: this.dialledSinceSample, linesInUse: this.lines });
    this.dialledSinceSample = 0;
  }

  /** Idle operators leave at once; talking or wrapping operators leave afterwards. */
  private staffChanged(at: number): void {
    this.count(at);
    const { team } = this.state;
    const wanted = this.options.world.staff(at);
    while (this.present < wanted) {
      this.present += 1;
      this.becomeIdle(at);
    }
    while (this.present > wanted) {
      this.present -= 1;
      if (this.idleSince.length > 0) {
        this.idleSince.shift();
        team.idle -= 1;
        continue;
      }
      this.leaving += 1;
      const [slots, since] = this.talkSlots.length > 0 ? [this.talkSlots, team.talking] : [this.wrapSlots, team.wrapping];
      this.calls[slots[0]!]!.leaving = true;
      this.leave(slots, since, 0);
    }
    team.agents = this.present;
  }
}

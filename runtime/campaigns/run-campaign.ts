import type { AnyStateMachine } from "xstate";
import type { Command } from "../../flows/commands.ts";
import type { CallDeps, Place } from "../calls/call-registry.ts";
import { failed, type Reply } from "../calls/perform/data-answer.ts";
import { replyOf } from "../calls/run-script.ts";
import { elapsed } from "../ports/clock.ts";
import type { AttemptRow, CampaignRow, ContactRow, PauseReason } from "../ports/store.ts";
import type { Verdict } from "./calling-rules/allow.ts";
import { dialContact, type AttemptEnd } from "./dial-contact.ts";
import { judgeCall, plainOutbound, shortestRingMs, type Outbound } from "./judge-call.ts";
import { numbersOfContact } from "./numbers-of-contact.ts";
import { endingOf } from "./outcomes.ts";
import { mayPass, StoreError } from "../ports/store-error.ts";
import { decide } from "./pacing/decide.ts";
import { usesUpAttempt } from "../../flows/strategy/attempt-outcomes.ts";
import { momentOf } from "../../flows/strategy/moment-of.ts";
import { nextAttempt, type PastAttempt, type RetryPlan } from "./retry/next-attempt.ts";
import { nextNumber } from "./retry/next-number.ts";
import { rowWritten } from "./row-written.ts";
import { failuresInARow, flowName, TrunkWatch } from "./trunk-watch.ts";
import { beginContact, openContact, rowAfter, wakeContact, type Around, type Woken } from "./wake-contact.ts";

type Dial = Extract<Command, { do: "dial" }>;
type Request = { contact: ContactRow; id: string; command: Dial; attempt: AttemptRow };

const batch = 50;
/** Every call of the installation is taken: look again after this long. */
const fullWaitMs = 5_000;

const lineOf = (campaign: string): string => `line of ${campaign}: `;

/** Lines of a campaign that are in use, whether it runs or is paused. */
export function linesOf(campaign: string, busy: ReadonlySet<string>): number {
  const prefix = lineOf(campaign);
  let count = 0;
  for (const entry of busy) if (entry.startsWith(prefix)) count++;
  return count;
}

/**
 * Runs one campaign: wakes due contacts, files dial requests, grants what pacing decides, brings every outcome
 * back to the contact's machine as one event. Nothing of a waiting contact is in memory. `busy` are contacts in
 * work; it outlives a pause, so that a call still going on is not taken for one that a crash left.
 */
export class RunningCampaign {
  private readonly campaign: CampaignRow;
  private readonly machine: AnyStateMachine;
  private readonly deps: CallDeps;
  private readonly outbound: Outbound;
  private readonly busy: Set<string>;
  private readonly onFinished: () => void;
  private readonly trunks: TrunkWatch;
  private readonly requests: Request[] = [];
  private grants: number[] = [];
  private stopped = false;
  private cancelTimer = () => {};

  /** `onFinished`: it is over, or it paused by itself. */
  private around: Around = { calendars: {}, country: "" };

  constructor(
    campaign: CampaignRow,
    machine: AnyStateMachine,
    deps: CallDeps,
    busy: Set<string>,
    onFinished: () => void,
    outbound: Outbound = plainOutbound,
    trunks = new TrunkWatch(),
  ) {
    this.campaign = campaign;
    this.machine = machine;
    this.deps = deps;
    this.outbound = outbound;
    this.busy = busy;
    this.onFinished = onFinished;
    this.trunks = trunks;
  }

  /** Its calls that are being dialled or go on, those of before a pause included. */
  get linesInUse(): number {
    return linesOf(this.campaign.id, this.busy);
  }

  begin(): void {
    void this.recover().catch(this.report).then(this.tick);
  }

  stop(): void {
    this.stopped = true;
    this.cancelTimer();
  }

  private readonly report = (error: unknown): void =>
    this.deps.log(`campaign ${this.campaign.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);

  private readonly tick = (): void =>
    void this.look().catch((error: unknown) => {
      this.report(error);
      this.again(5_000);
    });

  private again(ms: number): void {
    if (!this.stopped) this.cancelTimer = this.deps.clock.after(ms, this.tick);
  }

  private async look(): Promise<void> {
    if (this.stopped) return;
    const { campaign, requests } = this;
    // Nobody is called whose attempt cannot be kept.
    if (this.deps.kept.state().failing) return this.again(1_000);
    const at = this.deps.clock.now();
    await this.lookAround();
    if (requests.length < campaign.lines * 2) await this.wakeDue(at);
    const now = elapsed(this.deps.clock);
    this.grants = this.grants.filter((each) => now - each < 1000);
    const state = {
      maxLines: campaign.lines,
      linesInUse: this.linesInUse,
      waiting: requests.length,
      grantedLastSecond: this.grants.length,
      callsPerSecond: 10,
    };
    const decision = decide(state, at);
    for (let granted = 0; granted < decision.dial && !this.stopped; granted++) await this.grant(requests.shift()!);
    await this.publish();
    this.again(decision.lookAgainMs);
  }

  private async lookAround(): Promise<void> {
    this.around = { calendars: await this.deps.store.calendars.all(), country: this.deps.country };
  }

  private async publish(): Promise<void> {
    const { campaign, deps } = this;
    const counts = await deps.store.campaigns.counts(campaign.id);
    deps.bus.publish({ type: "campaign", campaign: campaign.id, counts, lines: this.linesInUse });
    if (counts.new + counts.waiting + counts.active + this.requests.length + this.linesInUse > 0) return;
    this.stop();
    await deps.store.campaigns.update(campaign.id, { state: "finished" });
    this.onFinished();
  }

  private async wakeDue(at: number): Promise<void> {
    for (const contact of await this.deps.store.campaigns.due(this.campaign.id, at, batch)) {
      if (this.busy.has(contact.id) || this.stopped) continue;
      await this.guarded(contact, () => this.follow(contact, this.wake(contact, at)));
    }
  }

  private wake(contact: ContactRow, at: number): Woken {
    if (contact.state === "new" || !contact.snapshot) return beginContact(this.machine, this.campaign, contact, at, this.around);
    const opened = openContact(this.machine, contact);
    const waiting = opened.asks.find((ask) => ask.command.do === "schedule");
    return waiting ? wakeContact(this.machine, contact, { type: "reply", at, id: waiting.id, exit: "next" }, this.around) : opened;
  }

  /** A bug or a broken snapshot closes this contact and no other. */
  private async guarded(contact: ContactRow, work: () => Promise<void>): Promise<void> {
    this.busy.add(contact.id);
    try {
      await work();
    } catch (error) {
      this.report(error);
      // The store failed, not the strategy: the contact is looked at again.
      if (error instanceof StoreError && mayPass(error)) return this.deps.kept.noticed(error);
      const closed: ContactRow = { ...contact, state: "done", outcome: "engine-fault", snapshot: null, dueAt: null, updatedAt: this.deps.clock.now() };
      await this.deps.store.campaigns.saveContact(closed).catch(this.report);
    } finally {
      this.busy.delete(contact.id);
    }
  }

  /** Does what the contact's machine asks until it waits for a dial, for time, or is done. */
  private async follow(contact: ContactRow, first: Woken): Promise<void> {
    const { clock, store } = this.deps;
    let row = contact;
    let now = first;
    for (let guard = 0; guard < 100; guard++) {
      row = rowAfter(row, now, clock.now());
      const ask = now.asks[0];
      if (now.done || !ask) return store.campaigns.saveContact(now.done ? row : { ...row, state: "done", outcome: "stuck", dueAt: null });
      if (ask.command.do === "dial" && !ask.command.amd) return this.file(row, ask.id, ask.command);
      const reply = ask.command.do === "schedule" ? await this.dueOf(row, ask.command) : await replyOf(ask.command, this.deps, contact.id, "strategy");
      if (typeof reply === "number") return store.campaigns.saveContact({ ...row, state: "waiting", dueAt: reply });
      if (ask.command.do === "contact") row = rowWritten(row, ask.command, reply, this.deps.country);
      now = wakeContact(this.machine, row, { type: "reply", at: clock.now(), id: ask.id, ...reply }, this.around);
    }
    throw new Error("the strategy never stops asking");
  }

  /** The wake-up time of a scheduled contact; a reply if its retry rule is exhausted or the moment is not valid. */
  private async dueOf(contact: ContactRow, command: Extract<Command, { do: "schedule" }>): Promise<number | Reply> {
    const { clock, store } = this.deps;
    if (command.mode === "delay") return clock.now() + command.minutes * 60_000;
    if (command.mode === "time") {
      return momentOf(command.at, contact.zone || this.campaign.zone) ?? failed("bad-value", `"${command.at}" is not a date and time`);
    }
    const ended = (await store.campaigns.history(contact.id)).filter((item) => item.outcome !== null);
    const number = this.numberFor(contact, contact.phone, ended);
    const verdictAt = await judgeCall({ campaign: this.campaign, contact, number }, this.deps, this.outbound);
    const next = nextAttempt(ended.map(pastAttempt), this.retryPlan(contact, command, verdictAt), clock.now());
    return "at" in next ? next.at : { exit: "exhausted" };
  }

  private retryPlan(contact: ContactRow, { rules, maxAttempts }: Extract<Command, { do: "schedule" }>, verdictAt: (at: number) => Verdict): RetryPlan {
    return {
      rules,
      maxAttempts,
      settings: this.campaign.retry,
      zone: contact.zone || this.campaign.zone,
      // A refusal is the business of the attempt: its row keeps the rule.
      opens: (at) => {
        const verdict = verdictAt(at);
        return verdict.verdict === "defer" ? verdict.until : at;
      },
    };
  }

  /** The contact's number to dial next: the one from the strategy, or another number of the contact if the campaign uses them. */
  private numberFor(contact: ContactRow, named: string, history: readonly AttemptRow[]): string {
    const after = this.campaign.retry.nextNumberAfter;
    if (after === undefined || named !== contact.phone) return named;
    const tries = history.flatMap((item) => (item.outcome === null ? [] : [{ number: item.number, outcome: item.outcome, detail: item.detail }]));
    return nextNumber(numbersOfContact(contact, this.deps.country), tries, after) ?? named;
  }

  private async judge(contact: ContactRow, number: string): Promise<Verdict> {
    const verdictAt = await judgeCall({ campaign: this.campaign, contact, number }, this.deps, this.outbound);
    return verdictAt(this.deps.clock.now());
  }

  /** Files a dial request: rules first, then the attempt row, before any INVITE. */
  private async file(contact: ContactRow, id: string, command: Dial): Promise<void> {
    const { clock, ids, store } = this.deps;
    if (this.stopped) return store.campaigns.saveContact({ ...contact, state: "waiting", dueAt: clock.now() });
    const number = this.numberFor(contact, command.number || contact.phone, await store.campaigns.history(contact.id));
    const verdict = await this.judge(contact, number);
    if (verdict.verdict === "defer") return store.campaigns.saveContact({ ...contact, state: "waiting", dueAt: verdict.until });
    const fresh: AttemptRow = {
      id: ids.next(),
      campaign: this.campaign.id,
      contact: contact.id,
      command: id,
      number,
      state: "requested",
      rule: verdict.rule,
      evidence: verdict.evidence,
      requestedAt: clock.now(),
      startedAt: null,
      answeredAt: null,
      endedAt: null,
      outcome: null,
      sipStatus: null,
      q850: null,
      callId: null,
      detail: null,
      class: null,
      reason: "",
      said: null,
    };
    await store.campaigns.saveContact(contact);
    const attempt = (await store.campaigns.request(fresh)) ? fresh : ((await store.campaigns.attempt(contact.id, id)) ?? fresh);
    const request = { contact, id, command, attempt };
    if (verdict.verdict === "deny") return this.settle(request, endingOf("denied"));
    if (attempt.startedAt !== null) return this.settle(request, endingOf("unknown"));
    this.requests.push(request);
  }

  /** Rules are checked again at the grant; then the call goes out. A number that another contact is being called at waits: caps are per number. */
  private async grant(request: Request): Promise<void> {
    const { deps, busy } = this;
    const { contact, attempt } = request;
    const line = `number ${attempt.number}`;
    const later = (until: number) => deps.store.campaigns.saveContact({ ...contact, state: "waiting", dueAt: until });
    if (busy.has(line)) return later(deps.clock.now() + 60_000);
    const place = deps.registry.take(deps.maxCalls);
    if (!place) return later(deps.clock.now() + fullWaitMs);
    busy.add(line);
    const free = () => {
      busy.delete(line);
      place.release();
    };
    const verdict = await this.judge(contact, attempt.number).catch((error: unknown) => {
      free();
      throw error;
    });
    if (verdict.verdict === "allow") return this.dial(request, verdict, { release: free });
    free();
    if (verdict.verdict === "deny") return this.settle(request, { ...endingOf("denied"), rule: verdict.rule, evidence: verdict.evidence });
    return later(verdict.until);
  }

  private async dial(request: Request, verdict: Verdict, place: Place): Promise<void> {
    const { campaign, deps } = this;
    const { contact, attempt, command } = request;
    const at = deps.clock.now();
    // An attempt taken by another process is not dialled; that process reports its outcome.
    const free = this.holdLine(contact.id, place);
    const taken = await deps.store.campaigns
      .takeAttempt(attempt.id, { startedAt: at, rule: verdict.rule, evidence: verdict.evidence })
      .catch((error: unknown) => {
        free();
        throw error;
      });
    if (!taken) return free();
    this.grants.push(elapsed(deps.clock));
    const trunk = command.trunk === "default" ? campaign.trunk || deps.defaultTrunk : command.trunk;
    const ringMs = Math.max(command.ringMs, shortestRingMs({ campaign, contact, number: attempt.number }, deps.country));
    const overrides = this.outbound.outcomes[trunk] ?? [];
    void dialContact({ campaign, contact, command: { ...command, ringMs }, attempt, trunk, overrides, place }, deps)
      .catch((error: unknown): AttemptEnd => ({ ...endingOf("techError"), reason: String(error).slice(0, 500) }))
      .then(async (end) => {
        await this.watch(trunk, end);
        await this.settle(request, end);
      })
      .catch(this.report)
      .finally(free);
  }

  /** Takes a line of the campaign for a contact; free again with what is returned. */
  private holdLine(contact: string, place: Place): () => void {
    const line = `${lineOf(this.campaign.id)}${contact}`;
    this.busy.add(line).add(contact);
    return () => {
      this.busy.delete(line);
      this.busy.delete(contact);
      place.release();
    };
  }

  /** A trunk or a flow that fails again and again: nobody's number is blamed and nobody is dialled until a person looks at it. */
  private async watch(trunk: string, end: AttemptEnd): Promise<void> {
    const broken = this.brokenBy(trunk, end);
    if (!broken || this.stopped) return;
    const { campaign, deps } = this;
    this.stop();
    await deps.store.campaigns.update(campaign.id, { state: "paused", pauseReason: broken });
    this.onFinished();
    const what = broken.flow ? `flow "${broken.flow}"` : `trunk "${trunk}"`;
    deps.log(`campaign ${campaign.id} is paused: ${what} failed ${broken.failures} times in a row, last: ${broken.last}`);
    deps.bus.publish({ type: "campaign", campaign: campaign.id, counts: await deps.store.campaigns.counts(campaign.id), lines: this.linesInUse });
  }

  /** Notes what an attempt says of its trunk and flow; the reason to pause when one has failed too often in a row. */
  private brokenBy(trunk: string, end: AttemptEnd): PauseReason | null {
    const { flow } = end;
    const at = this.deps.clock.now();
    const ofTrunk = this.trunks.note(trunk, end.trunk ?? "nothing");
    const ofFlow = flow ? this.trunks.note(flowName(flow.id), flow.verdict) : 0;
    if (flow?.verdict === "failed" && ofFlow >= failuresInARow) return { trunk, flow: flow.id, failures: ofFlow, last: end.reason ?? end.detail, at };
    if (end.trunk !== "failed" || ofTrunk < failuresInARow) return null;
    return { trunk, failures: ofTrunk, last: [end.sipStatus, end.reason].filter(Boolean).join(" ") || end.detail, at };
  }

  /** The outcome goes to the machine as one event; it and the new snapshot are one transaction. */
  private async settle({ contact, id, attempt }: Request, end: AttemptEnd): Promise<void> {
    const at = this.deps.clock.now();
    const { outcome, detail, result } = end;
    const counted = { ...contact, attempts: contact.attempts + (usesUpAttempt(outcome, detail) ? 1 : 0), lastOutcome: outcome };
    const after = wakeContact(this.machine, counted, { type: "reply", at, id, exit: outcome, value: outcome, ...(result ? { result } : {}) }, this.around);
    const row = rowAfter(counted, after, at);
    await this.deps.store.campaigns.settleAttempt(attempt.id, endedAttempt(end, at), row);
    if (!after.done) await this.follow(row, after);
  }

  /** Contacts that a crash left in the middle: an attempt without an end is closed as unknown and never dialled twice. */
  private async recover(): Promise<void> {
    await this.lookAround();
    for (const contact of await this.deps.store.campaigns.active(this.campaign.id)) {
      if (this.busy.has(contact.id)) continue;
      const opened = () =>
        contact.snapshot ? openContact(this.machine, contact) : beginContact(this.machine, this.campaign, contact, this.deps.clock.now(), this.around);
      await this.guarded(contact, () => this.follow(contact, opened()));
    }
  }
}

const pastAttempt = ({ outcome, detail, startedAt, endedAt, requestedAt }: AttemptRow): PastAttempt => ({
  outcome: outcome ?? "unknown",
  detail,
  endedAt: endedAt ?? requestedAt,
  ...(startedAt === null ? {} : { startedAt }),
});

/** What an attempt's row keeps when it is over; rule and evidence stay as they were judged, unless the grant judged anew. */
function endedAttempt(end: AttemptEnd, at: number): Partial<AttemptRow> {
  const { outcome, detail, sipStatus = null, q850 = null, callId = null, answeredAt = null, reason = "", result, rule, evidence } = end;
  const said = result?.disposition ?? result?.outcome ?? null;
  const judged = rule ? { rule, evidence: evidence ?? "" } : {};
  return { state: "ended", endedAt: at, outcome, detail, class: end.class, sipStatus, q850, callId, answeredAt, reason, said, ...judged };
}

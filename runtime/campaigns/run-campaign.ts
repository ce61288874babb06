import type { AnyStateMachine } from "xstate";
import type { Command } from "../../flows/commands.ts";
import type { CallEvent } from "../../flows/events.ts";
import type { CallDeps } from "../calls/call-registry.ts";
import { replyOf } from "../calls/run-script.ts";
import type { AttemptRow, CampaignRow, ContactRow } from "../ports/store.ts";
import { allow, type Purpose, type Verdict } from "./calling-rules/allow.ts";
import { dialContact, type AttemptEnd } from "./dial-contact.ts";
import { decide } from "./pacing/decide.ts";
import { nextAttempt } from "./retry/next-attempt.ts";
import { beginContact, openContact, rowAfter, wakeContact, type Woken } from "./wake-contact.ts";

type Dial = Extract<Command, { do: "dial" }>;
type Request = { contact: ContactRow; id: string; command: Dial; attempt: AttemptRow };

export type RunningCampaign = { readonly id: string; readonly linesInUse: number; stop(): void };

const batch = 50;
const maxPerDay = 10;

/**
 * Runs one campaign: wakes due contacts, files dial requests, grants what pacing decides, brings every outcome
 * back to the contact's machine as one event. Nothing of a waiting contact is in memory. `busy` are contacts in
 * work; it outlives a pause, so that a call still going on is not taken for one that a crash left.
 */
export function runCampaign(campaign: CampaignRow, machine: AnyStateMachine, deps: CallDeps, busy: Set<string>, onFinished: () => void): RunningCampaign {
  const { store, clock, log } = deps;
  const requests: Request[] = [];
  const grants: number[] = [];
  let linesInUse = 0;
  let stopped = false;
  let cancelTimer = () => {};
  const trunk = campaign.trunk || deps.defaultTrunk;

  const report = (error: unknown) => log(`campaign ${campaign.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);

  async function look(): Promise<void> {
    if (stopped) return;
    const at = clock.now();
    if (requests.length < campaign.lines * 2) await wakeDue(at);
    const decision = decide({ maxLines: campaign.lines, linesInUse, waiting: requests.length, grantedLastSecond: grants.filter((each) => at - each < 1000).length, callsPerSecond: 10 }, at);
    for (let granted = 0; granted < decision.dial && !stopped; granted++) await grant(requests.shift()!);
    while (grants[0] !== undefined && at - grants[0] > 1000) grants.shift();
    await publish();
    if (!stopped) cancelTimer = clock.after(decision.lookAgainMs, tick);
  }

  const tick = () => void look().catch((error: unknown) => {
    report(error);
    if (!stopped) cancelTimer = clock.after(5_000, tick);
  });

  async function publish(): Promise<void> {
    const counts = await store.campaigns.counts(campaign.id);
    deps.bus.publish({ type: "campaign", campaign: campaign.id, counts, lines: linesInUse });
    const left = counts.new + counts.waiting + counts.active;
    if (left > 0 || requests.length > 0 || busy.size > 0) return;
    stop();
    await store.campaigns.update(campaign.id, { state: "finished" });
    onFinished();
  }

  async function wakeDue(at: number): Promise<void> {
    for (const contact of await store.campaigns.due(campaign.id, at, batch)) {
      if (busy.has(contact.id) || stopped) continue;
      await guarded(contact, async () => {
        if (contact.state === "new" || !contact.snapshot) return follow(contact, beginContact(machine, campaign, contact, at));
        const opened = openContact(machine, contact);
        const waiting = opened.asks.find((ask) => ask.command.do === "schedule");
        if (!waiting) return follow(contact, opened);
        return follow(contact, wakeContact(machine, contact, { type: "reply", at, id: waiting.id, exit: "next" }));
      });
    }
  }

  /** A bug or a broken snapshot closes this contact and no other. */
  async function guarded(contact: ContactRow, work: () => Promise<void>): Promise<void> {
    busy.add(contact.id);
    try {
      await work();
    } catch (error) {
      report(error);
      await store.campaigns.saveContact({ ...contact, state: "done", outcome: "engine-fault", snapshot: null, dueAt: null, updatedAt: clock.now() }).catch(report);
    } finally {
      busy.delete(contact.id);
    }
  }

  /** Does what the contact's machine asks until it waits for a dial, for time, or is done. */
  async function follow(contact: ContactRow, first: Woken): Promise<void> {
    let row = contact;
    let now = first;
    for (let guard = 0; guard < 100; guard++) {
      row = rowAfter(row, now, clock.now());
      const ask = now.asks[0];
      if (now.done || !ask) return store.campaigns.saveContact(now.done ? row : { ...row, state: "done", outcome: "stuck", dueAt: null });
      if (ask.command.do === "dial") return file(row, ask.id, ask.command);
      if (ask.command.do === "schedule") {
        const due = await dueOf(row, ask.command);
        if (due !== null) return store.campaigns.saveContact({ ...row, state: "waiting", dueAt: due });
        now = wakeContact(machine, row, { type: "reply", at: clock.now(), id: ask.id, exit: "exhausted" });
        continue;
      }
      const reply = await replyOf(ask.command, deps);
      now = wakeContact(machine, row, { type: "reply", at: clock.now(), id: ask.id, ...reply });
    }
    throw new Error("a strategy that asks without end");
  }

  /** When a scheduled contact wakes; null when its retry rule is exhausted. */
  async function dueOf(contact: ContactRow, command: Extract<Command, { do: "schedule" }>): Promise<number | null> {
    if (command.mode === "delay") return clock.now() + command.minutes * 60_000;
    if (command.mode === "time") return Date.parse(command.at) || clock.now();
    const history = (await store.campaigns.history(contact.id)).filter((item) => item.outcome !== null).map((item) => ({ outcome: item.outcome!, endedAt: item.endedAt ?? item.requestedAt }));
    const next = nextAttempt(history, command, clock.now());
    return "at" in next ? next.at : null;
  }

  async function judge(contact: ContactRow, number: string): Promise<Verdict> {
    const listed = await store.lists.find(number, { kind: "do-not-call" }, clock.now());
    const history = await store.campaigns.history(contact.id);
    return allow(clock.now(), number, campaign.purpose as Purpose, {
      doNotCall: listed.map((entry) => entry.list), zone: contact.zone || campaign.zone,
      window: { from: campaign.windowFrom, to: campaign.windowTo, days: campaign.days },
      attempts: history.filter((item) => item.startedAt !== null).map((item) => item.startedAt!), maxPerDay, automatic: true, country: deps.country,
    });
  }

  /** Files a dial request: rules first, then the attempt row, before any INVITE. */
  async function file(contact: ContactRow, id: string, command: Dial): Promise<void> {
    if (stopped) return store.campaigns.saveContact({ ...contact, state: "waiting", dueAt: clock.now() });
    const number = command.number || contact.phone;
    const verdict = await judge(contact, number);
    if (verdict.verdict === "defer") return store.campaigns.saveContact({ ...contact, state: "waiting", dueAt: verdict.until });
    const attempt: AttemptRow = {
      id: deps.ids.next(), campaign: campaign.id, contact: contact.id, command: id, number, state: "requested", rule: verdict.rule, evidence: verdict.evidence,
      requestedAt: clock.now(), startedAt: null, answeredAt: null, endedAt: null, outcome: null, sipStatus: null, q850: null, callId: null,
    };
    await store.campaigns.saveContact(contact);
    const fresh = await store.campaigns.request(attempt);
    const stored = fresh ? attempt : await store.campaigns.attempt(contact.id, id);
    if (verdict.verdict === "deny") return settle({ contact, id, command, attempt: stored ?? attempt }, { outcome: "denied" });
    if (stored && stored.startedAt !== null) return settle({ contact, id, command, attempt: stored }, { outcome: "unknown" });
    requests.push({ contact, id, command, attempt: stored ?? attempt });
  }

  /** Rules are checked again at the grant; then the call goes out. */
  async function grant(request: Request): Promise<void> {
    const verdict = await judge(request.contact, request.attempt.number);
    if (verdict.verdict === "deny") return settle(request, { outcome: "denied", rule: verdict.rule, evidence: verdict.evidence });
    if (verdict.verdict === "defer") return store.campaigns.saveContact({ ...request.contact, state: "waiting", dueAt: verdict.until });
    grants.push(clock.now());
    linesInUse += 1;
    busy.add(request.contact.id);
    await store.campaigns.updateAttempt(request.attempt.id, { state: "dialling", startedAt: clock.now(), rule: verdict.rule, evidence: verdict.evidence });
    void dialContact({ campaign, ...request, trunk: request.command.trunk === "default" ? trunk : request.command.trunk }, deps)
      .then((end) => settle(request, end), (error: unknown) => settle(request, { outcome: "failed", evidence: String(error) }))
      .catch(report)
      .finally(() => {
        linesInUse -= 1;
        busy.delete(request.contact.id);
      });
  }

  /** The outcome goes to the machine as one event; it and the new snapshot are one transaction. */
  async function settle({ contact, id, attempt }: Request, end: AttemptEnd): Promise<void> {
    const at = clock.now();
    const { outcome, sipStatus = null, q850 = null, callId = null, answeredAt = null, result, rule, evidence } = end;
    const event: CallEvent = { type: "reply", at, id, exit: outcome, value: outcome, ...(result ? { result } : {}) };
    const counted = { ...contact, attempts: contact.attempts + (outcome === "denied" ? 0 : 1), lastOutcome: outcome };
    const change: Partial<AttemptRow> = {
      state: "ended", endedAt: at, outcome, sipStatus, q850, callId, answeredAt, ...(rule ? { rule } : {}), ...(evidence ? { evidence } : {}),
    };
    const after = wakeContact(machine, counted, event);
    const row = rowAfter(counted, after, at);
    await store.campaigns.settleAttempt(attempt.id, change, row);
    if (!after.done) await follow(row, after);
  }

  /** Contacts that a crash left in the middle: an attempt without an end is closed as unknown and never dialled twice. */
  async function recover(): Promise<void> {
    for (const contact of await store.campaigns.active(campaign.id)) {
      if (busy.has(contact.id)) continue;
      await guarded(contact, () => contact.snapshot ? follow(contact, openContact(machine, contact)) : follow(contact, beginContact(machine, campaign, contact, clock.now())));
    }
  }

  function stop(): void {
    stopped = true;
    cancelTimer();
  }

  void recover().catch(report).then(tick);
  return { id: campaign.id, get linesInUse() { return linesInUse; }, stop };
}

import type { NewCall } from "../ports/store.ts";
import type { Leg } from "../ports/telephony.ts";
import { fold, type JournalLine } from "../../flows/result.ts";
import { normalizeNumber } from "../routing/normalize-number.ts";
import type { CallDeps, Place } from "./call-registry.ts";
import { callRow, runCall } from "./run-call.ts";

const retryAfterS = 10;

/** Accepts an inbound call: reserves its place in the call limit before waiting for anything and releases it in every case. Never throws. */
export async function answerIncoming(leg: Leg, deps: CallDeps): Promise<void> {
  const place = deps.registry.take(deps.maxCalls);
  if (!place) return leg.reject(503, { retryAfterS, reason: "call limit" });
  // The caller hears ringing, whatever is slow afterwards.
  leg.ring();
  const live = await playFlow(leg, deps, place);
  if (!live) place.release();
}

/** Lists, number → flow → version, then the flow runs. False if it does not. */
async function playFlow(leg: Leg, deps: CallDeps, place: Place): Promise<boolean> {
  try {
    const busy = whyNotNow(deps);
    if (busy) return refuseNow(leg, busy);
    const at = deps.clock.now();
    const caller = normalizeNumber(leg.caller, deps.country);
    const call: NewCall = {
      id: deps.ids.next(),
      flow: "",
      version: 0,
      kind: "ivr",
      direction: "inbound",
      caller,
      dialled: leg.dialled,
      sipCallId: leg.sipCallId,
      startedAt: at,
      operator: "",
      attempt: null,
    };
    // All data of a call is read in parallel.
    const reads = Promise.all([playedBy(leg.dialled, deps), deps.store.calendars.all()]);
    // A blacklisted caller is refused even if the other reads fail.
    reads.catch(() => {});
    // Only lists see the number of a caller who withholds it.
    if (await refusedByList(leg, call, caller || normalizeNumber(leg.asserted ?? "", deps.country), deps)) return false;
    const [played, calendars] = await reads;
    if (!played) {
      await refuse(leg, call, 404, 1, "no flow is bound to this number", deps);
      return false;
    }
    const { version, ...compiled } = played;
    const live = runCall({ call: { ...call, flow: compiled.flow.id, version }, ...compiled, inputs: {}, calendars, answered: false }, leg, deps);
    deps.registry.add(live, place);
    return true;
  } catch (error) {
    deps.log(`incoming call: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    deps.kept.noticed(error);
    const busy = whyNotNow(deps);
    if (busy) return refuseNow(leg, busy);
    leg.reject(500);
    return false;
  }
}

/** The flow of a number: number → flow and alias → version. */
async function playedBy(dialled: string, { store, country, machines }: CallDeps) {
  const normal = normalizeNumber(dialled, country);
  const [asDialled, asNormal] = await Promise.all([store.numbers.find(dialled), normal === dialled ? null : store.numbers.find(normal)]);
  const bound = asDialled ?? asNormal;
  const version = bound ? await store.flows.alias(bound.flow, bound.alias) : null;
  const compiled = bound && version !== null ? await machines.get(bound.flow, version) : null;
  return compiled && version !== null ? { ...compiled, version } : null;
}

/** The reason why no call is accepted now; null if calls are accepted. */
const whyNotNow = ({ kept }: CallDeps): string | null => (kept.state().failing ? "the store cannot write" : null);

function refuseNow(leg: Leg, reason: string): false {
  leg.reject(503, { retryAfterS, reason });
  return false;
}

/** The blacklist is checked first and costs nothing: busy, one hit, one timestamp. A whitelist or VIP entry overrides it. */
async function refusedByList(leg: Leg, call: NewCall, number: string, deps: CallDeps): Promise<boolean> {
  const black = await deps.store.lists.find(number, { kind: "black" }, call.startedAt);
  if (black.length === 0) return false;
  const white = [
    ...(await deps.store.lists.find(number, { kind: "white" }, call.startedAt)),
    ...(await deps.store.lists.find(number, { kind: "vip" }, call.startedAt)),
  ];
  if (white.length > 0) return false;
  for (const entry of black) await deps.store.lists.hit(entry.list, entry.number, call.startedAt);
  await refuse(leg, call, 486, 17, `on list ${black.map((entry) => entry.list).join(", ")}`, deps, "blacklisted");
  return true;
}

async function refuse(leg: Leg, call: NewCall, sipStatus: number, q850: number, reason: string, deps: CallDeps, outcome = "not-found"): Promise<void> {
  leg.reject(sipStatus);
  const at = deps.clock.now();
  const lines: JournalLine[] = [
    { at, node: "", kind: "note", data: { refused: sipStatus, reason } },
    { at, node: "", kind: "end", data: { ended: "flow", outcome } },
  ];
  const stored = lines.map((line, index) => ({ ...line, callId: call.id, seq: index + 1 }));
  const result = { ...fold(lines), sipStatus, q850 };
  await deps.kept.write(call.id, () => deps.store.calls.begin(call, []));
  await deps.kept.write(call.id, () => deps.store.calls.finish(call.id, { endedAt: at, answeredAt: null, result }, stored));
  deps.bus.publish({ type: "call-end", call: callRow(call, result, null, at) });
}

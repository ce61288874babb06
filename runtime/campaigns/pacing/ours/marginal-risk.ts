import type { CampaignView, Decision, Law, PacingEvent, PacingSettings, PacingState, TeamView } from "../law.ts";
import { answerCounted, answerRetracted, budgetMemory, dayBegan, overCap, riskNow, type BudgetMemory, type BudgetSettings } from "./budget.ts";
import { dialCurve, dialEnded, dialMemory, dialsRested, placedNow, segmentOdds, type DialCurve, type DialMemory } from "./dial-curve.ts";
import { handlingBin, handlingBins, handlingCurve, handlingMemory, talked, wrapped, type HandlingCurve, type HandlingMemory } from "./handling-curve.ts";
import { unevenness } from "./answer-rate.ts";
import { overflow, type Moments } from "./overflow.ts";

type Campaign = { dials: DialMemory; budget: BudgetMemory; curve: DialCurve; handling: HandlingCurve };
export type Memory = {
  settings: PacingSettings;
  amd: boolean;
  unseen: number;
  handling: HandlingMemory;
  campaigns: Campaign[];
  /** Events since the curves were drawn. */
  stale: number;
};

/** Dials that must have ended since the day began before more is risked than one to one. */
const coldDials = (agents: number): number => Math.max(30, 1.5 * agents);
/** Change of the answer rate that asks for new curves at once. */
const moved = 0.03;
/** Events between two drawings of the curves: often while much is new, seldom later. */
const redrawEvery = (resolved: number): number => (resolved < 2000 ? 40 : 200);

/**
 * Ours: dials while the risk that one more answer finds no operator is below a threshold, and steers the threshold so
 * that the share of abandoned answers stays under the cap. Everything it knows it has learned: answer
 * rate, ringing and handling times. Begins one to one, falls back to it when the cap would be broken.
 */
export const marginalRisk: Law<Memory> = {
  name: "ours",
  restS: 0.1,
  begin(settings) {
    const falsePositive = settings.amdFalsePositive;
    // AMD that takes more than half of the allowance costs more than it saves.
    const amd = falsePositive !== null && falsePositive <= settings.cap / 2;
    const handling = handlingMemory();
    const campaigns = Array.from({ length: settings.campaigns }, () => drawn({ dials: dialMemory(), budget: budgetMemory() }, handling));
    return { settings, amd, unseen: amd ? falsePositive : 0, handling, campaigns, stale: 0 };
  },
  learn,
  decide,
};

const budgetOf = ({ settings, unseen }: Memory): BudgetSettings => ({ cap: settings.cap, windows: settings.windows, unseen });

function drawn({ dials, budget }: Pick<Campaign, "dials" | "budget">, handling: HandlingMemory): Campaign {
  const curve = dialCurve(dials);
  return { dials, budget, curve, handling: handlingCurve(handling, curve.horizons) };
}

function learn(memory: Memory, event: PacingEvent): void {
  const { handling, campaigns } = memory;
  if (event.type === "answered" || event.type === "unanswered") {
    dialEnded(campaigns[event.campaign]!.dials, event);
  } else if (event.type === "connected" || event.type === "abandoned") {
    const { at, linesShort } = event;
    const { budget, dials } = campaigns[event.campaign]!;
    answerCounted(budget, budgetOf(memory), { abandoned: event.type === "abandoned", linesShort, at, unevenness: unevenness(dials.rate) });
  } else if (event.type === "machine") answerRetracted(campaigns[event.campaign]!.budget, budgetOf(memory));
  else if (event.type === "talked") talked(handling, event.seconds);
  else if (event.type === "wrapped") wrapped(handling, event.seconds);
  else if (event.type === "day") {
    for (const { budget, dials } of campaigns) {
      dayBegan(budget);
      dialsRested(dials);
    }
  }
  if (event.type === "look") return;
  if (++memory.stale < redrawEvery(campaigns[0]!.dials.resolved) && !campaigns.some(({ dials, curve }) => Math.abs(dials.rate.upper / curve.rate - 1) > moved))
    return;
  memory.stale = 0;
  memory.campaigns = campaigns.map((each) => drawn(each, handling));
}

function decide({ memory, team, campaigns }: PacingState<Memory>, now: number): Decision {
  const dial = campaigns.map(() => 0);
  const order = campaigns.map((_, index) => index).filter((index) => campaigns[index]!.open);
  order.sort((a, b) => campaigns[a]!.priority - campaigns[b]!.priority);
  let free = team.linesFree;
  let flying = campaigns.reduce((sum, campaign) => sum + campaign.dials.length, 0);
  let note: Decision["note"] = memory.settings.amdFalsePositive !== null && !memory.amd ? "amd-off" : undefined;
  for (const index of order) {
    const { budget, dials } = memory.campaigns[index]!;
    const cold = dials.today < coldDials(team.agents);
    const held = cold || overCap(budget, budgetOf(memory), now);
    if (held) note = cold ? "cold-start" : "over-cap";
    const wanted = held ? team.idle - team.waiting - flying : riskedDials(memory, team, campaigns, index, dial, now, free);
    dial[index] = Math.max(0, Math.min(free, wanted));
    free -= dial[index];
    flying += dial[index];
  }
  return { dial, lookAgainS: 1, amd: memory.amd, thinkS: 0, ...(note ? { note } : {}) };
}

/** Fewest further dials of a campaign with which the risk exceeds its threshold. */
function riskedDials(
  memory: Memory,
  team: TeamView,
  views: readonly CampaignView[],
  index: number,
  granted: readonly number[],
  now: number,
  most: number,
): number {
  const { curve, handling, budget, dials } = memory.campaigns[index]!;
  const threshold = riskNow(budget);
  const freed = freedBy(team, handling, now);
  const ages = views.map((view, each) => agesOf(view, memory.campaigns[each]!, granted[each]!, now));
  const answers = curve.horizons.map((horizon, at) => inFlight(memory.campaigns, ages, at, team.inboundPerS * horizon));
  const odds = segmentOdds(dials, views[index]!.nextSegment);
  const need = team.idle - team.waiting;
  const risk = (more: number): number => {
    let sum = 0;
    for (let at = 0; at < answers.length; at++) {
      const chance = Math.min(1, curve.chances[at]![placedNow]! * odds);
      const { mean, variance } = answers[at]!;
      sum += overflow({ mean: mean + more * chance, variance: variance + more * chance * (1 - chance) }, freed[at]!, need);
    }
    return sum / answers.length;
  };
  if (risk(0) > threshold) return 0;
  let low = 0;
  let high = 1;
  while (high < most && risk(high) <= threshold) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (risk(middle) <= threshold) low = middle;
    else high = middle;
  }
  return high;
}

function freedBy(team: TeamView, curve: HandlingCurve, now: number): Moments[] {
  const talking = countBy(team.talking, now);
  const wrapping = countBy(team.wrapping, now);
  return curve.talking.map((talks, at) => {
    const wraps = curve.wrapping[at]!;
    let mean = 0;
    let variance = 0;
    for (let bin = 0; bin < talks.length; bin++) {
      mean += talking[bin]! * talks[bin]! + wrapping[bin]! * wraps[bin]!;
      variance += talking[bin]! * talks[bin]! * (1 - talks[bin]!) + wrapping[bin]! * wraps[bin]! * (1 - wraps[bin]!);
    }
    return { mean, variance };
  });
}

function countBy(since: readonly number[], now: number): Float64Array {
  const counts = new Float64Array(handlingBins);
  for (let index = 0; index < since.length; index++) {
    const bin = handlingBin(now - since[index]!);
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

/** Dials in flight of a campaign by age in whole seconds: sum of their odds, and of the squares. */
type Ages = { odds: Float64Array; squares: Float64Array; oldest: number; granted: number };

function agesOf(view: CampaignView, { dials }: Campaign, granted: number, now: number): Ages {
  const odds = new Float64Array(placedNow);
  const squares = new Float64Array(placedNow);
  const many = dials.segments.length > 1;
  let oldest = -1;
  for (let each = 0; each < view.dials.length; each++) {
    const passed = now - view.dials[each]!;
    const age = passed < 0 ? 0 : passed >= placedNow ? placedNow - 1 : passed | 0;
    const own = many ? segmentOdds(dials, view.segments[each]!) : 1;
    odds[age] = odds[age]! + own;
    squares[age] = squares[age]! + own * own;
    if (age > oldest) oldest = age;
  }
  return { odds, squares, oldest, granted };
}

/** Answers to come within a horizon from all dials in flight, those granted in this decision, and inbound calls. */
function inFlight(campaigns: readonly Campaign[], ages: readonly Ages[], at: number, inbound: number): Moments {
  let mean = inbound;
  let variance = inbound;
  for (let index = 0; index < ages.length; index++) {
    const chances = campaigns[index]!.curve.chances[at]!;
    const { odds, squares, oldest, granted } = ages[index]!;
    for (let age = 0; age <= oldest; age++) {
      const chance = chances[age]!;
      mean += odds[age]! * chance;
      variance += odds[age]! * chance - squares[age]! * chance * chance;
    }
    const fresh = chances[placedNow]!;
    mean += granted * fresh;
    variance += granted * fresh * (1 - fresh);
  }
  return { mean, variance: Math.max(0, variance) };
}

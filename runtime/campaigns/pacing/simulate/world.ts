import { exponential, gamma3, lognormal, type Uniform } from "./chance.ts";

/** What would become of one dial, whatever the law: drawn in the order of the list, so that all laws meet the same people. */
export type Contact = {
  kind: "live" | "machine" | "none";
  /** From dialling to the answer, or to the end of the attempt. */
  ringS: number;
  talkS: number;
  wrapS: number;
  /** How long an answered caller waits for an operator. */
  patienceS: number;
  /** What answering-machine detection would take and say. */
  amdS: number;
  amdSaysMachine: boolean;
  segment: number;
};

export type World = {
  name: string;
  about: string;
  agents: number;
  /** Operators present at this second of the day. */
  staff(at: number): number;
  campaigns: readonly WorldCampaign[];
  /** Most lines at once. */
  lines(at: number): number;
  /** Null: nobody answers but people. */
  amd: { falsePositive: number; falseNegative: number } | null;
  /** Inbound calls to the same operators. */
  inbound: { perS: number; patienceS: number; talkS: number; wrapS: number } | null;
  /** The law forgets what it has learned every night. */
  forgets: boolean;
  /** Moments of the day at which something changes. */
  changes: readonly number[];
};

export type WorldCampaign = { priority: number; open(at: number): boolean; contact(uniform: Uniform, at: number): Contact };

/** Uniform numbers that one contact takes, whatever becomes of it. */
const perContact = 16;

/** The same count of numbers for each contact. */
function inStep(uniform: Uniform, draw: (uniform: Uniform) => Contact): Contact {
  let taken = 0;
  const contact = draw(() => {
    taken += 1;
    return uniform();
  });
  for (; taken < perContact; taken++) uniform();
  return contact;
}

export const markov = { handleS: 140, ringS: 12, patienceS: 2 };

/** W0: exponential handling, ringing, patience. */
export function markovContact(uniform: Uniform, answerRate: number, { handleS, ringS, patienceS } = markov): Contact {
  return inStep(uniform, (next) => ({
    kind: next() < answerRate ? "live" : "none",
    ringS: exponential(next, ringS),
    talkS: exponential(next, handleS),
    wrapS: 0,
    patienceS: exponential(next, patienceS),
    amdS: 0,
    amdSaysMachine: false,
    segment: 0,
  }));
}

/** W1: talk and wrap-up are lognormal; machines, busy lines, ringing out; dropped after exactly 2 s. */
export function realisticContact(uniform: Uniform, answerRate: number, amd: World["amd"]): Contact {
  return inStep(uniform, (next) => {
    const machineRate = Math.min(0.25, 0.4 * (1 - answerRate));
    const which = next();
    if (which < answerRate) return person(next, amd);
    if (which < answerRate + machineRate) return machine(next, amd);
    const refused = which < answerRate + machineRate + 0.1;
    return { ...nobody, ringS: refused ? 1 + 4 * next() : ringsOutS };
  });
}

/** An inbound caller with their own patience. */
export const inboundContact = (uniform: Uniform, { talkS, wrapS, patienceS }: NonNullable<World["inbound"]>): Contact => ({
  ...nobody,
  kind: "live",
  talkS: lognormal(uniform, talkS, 0.9),
  wrapS: lognormal(uniform, wrapS, 0.5),
  patienceS: exponential(uniform, patienceS),
});

const ringsOutS = 25;
const nobody: Contact = { kind: "none", ringS: 0, talkS: 0, wrapS: 0, patienceS: 0, amdS: 0, amdSaysMachine: false, segment: 0 };
const detectionS = (next: Uniform): number => 1.5 + 1.5 * next();

const person = (next: Uniform, amd: World["amd"]): Contact => ({
  kind: "live",
  ringS: Math.min(ringsOutS, 2 + gamma3(next, 10)),
  talkS: lognormal(next, 120, 0.9),
  wrapS: lognormal(next, 20, 0.5),
  patienceS: 2,
  amdS: amd ? detectionS(next) : 0,
  amdSaysMachine: next() < (amd?.falsePositive ?? 0),
  segment: 0,
});

/** Operators who reach a machine hang up after some seconds. */
const machine = (next: Uniform, amd: World["amd"]): Contact => ({
  kind: "machine",
  ringS: gamma3(next, 14),
  talkS: 4 + exponential(next, 4),
  wrapS: 2,
  patienceS: 2,
  amdS: amd ? detectionS(next) : 3,
  amdSaysMachine: next() >= (amd?.falseNegative ?? 0),
  segment: 0,
});

import { markovContact, realisticContact, type World, type WorldCampaign } from "./world.ts";

export type WorldName = "W0" | "W1" | "W2" | "W3" | "W4" | "W5" | "W6";
export const worldNames: readonly WorldName[] = ["W0", "W1", "W2", "W3", "W4", "W5", "W6"];

export type WorldOptions = {
  agents: number;
  answerRate: number;
  /** W0: means in seconds. */
  handleS?: number;
  ringS?: number;
  patienceS?: number;
  /** W5: shares of people taken for machines and of machines taken for people. */
  amd?: { falsePositive: number; falseNegative: number };
  /** W6: the same people without pooling: one campaign and its own operators. */
  separate?: boolean;
};

const always = () => true;

const plain = (name: string, about: string, options: WorldOptions, campaigns: readonly WorldCampaign[]): World => ({
  name,
  about,
  agents: options.agents,
  staff: () => options.agents,
  campaigns,
  lines: () => Number.POSITIVE_INFINITY,
  amd: null,
  inbound: null,
  forgets: false,
  changes: [],
});

const realistic = (rate: (at: number) => number, amd: World["amd"] = null): WorldCampaign => ({
  priority: 0,
  open: always,
  contact: (uniform, at) => realisticContact(uniform, rate(at), amd),
});

const builders: Record<WorldName, (options: WorldOptions) => World> = {
  W0: (options) => {
    const { answerRate, handleS = 140, ringS = 12, patienceS = 2 } = options;
    const contact: WorldCampaign["contact"] = (uniform) => markovContact(uniform, answerRate, { handleS, ringS, patienceS });
    return plain("W0", "Markov: exponential handling, ringing and patience", options, [{ priority: 0, open: always, contact }]);
  },
  W1: (options) => plain("W1", "realistic times, answering machines, busy lines, 2 s of patience", options, [realistic(() => options.answerRate)]),
  W2: (options) =>
    plain("W2", "W1 with an answer rate that drifts by 40 % over two hours", options, [
      realistic((at) => options.answerRate * (1 + 0.4 * Math.sin((2 * Math.PI * at) / 7200))),
    ]),
  W3: (options) => ({ ...plain("W3", "W1, with all learning lost every night", options, [realistic(() => options.answerRate)]), forgets: true }),
  W4: (options) => {
    // Half of the team is away in the second and the fifth hour, the list changes at half-time, lines are few in the sixth hour.
    const away = (at: number) => (at >= 5400 && at < 9000) || (at >= 16_200 && at < 18_000);
    const rate = (at: number) => (at < 14_400 ? 0.4 : 0.15);
    return {
      ...plain("W4", "W1 with shocks: half the team leaves and returns, the answer rate drops from 40 % to 15 %, lines run short", options, [realistic(rate)]),
      staff: (at) => (away(at) ? Math.ceil(options.agents / 2) : options.agents),
      lines: (at) => (at >= 21_600 && at < 25_200 ? Math.round(1.5 * options.agents) : Number.POSITIVE_INFINITY),
      changes: [5400, 9000, 14_400, 16_200, 18_000, 21_600, 25_200],
    };
  },
  W5: (options) => {
    const amd = options.amd ?? { falsePositive: 0.03, falseNegative: 0.05 };
    return { ...plain("W5", "W1 with imperfect answering machine detection", options, [realistic(() => options.answerRate, amd)]), amd };
  },
  W6: (options) => {
    const perTeam = options.agents / 5;
    // Priorities; the recipients of the fourth may be called from the second hour, those of the fifth until the seventh.
    const windows = [always, always, always, (at: number) => at >= 7200, (at: number) => at < 25_200];
    const campaigns = windows.map((open, priority) => ({ ...realistic(() => options.answerRate), priority, open }));
    const inbound = (agents: number) => ({ perS: (agents * 0.05) / 140, patienceS: 60, talkS: 120, wrapS: 20 });
    if (!options.separate)
      return { ...plain("W6", "five campaigns and inbound calls share the operators", options, campaigns), inbound: inbound(options.agents) };
    return {
      ...plain("W6", "one of five campaigns, with its own operators", { ...options, agents: perTeam }, [realistic(() => options.answerRate)]),
      inbound: inbound(perTeam),
    };
  },
};

/** A world by its name. */
export const worldOf = (name: WorldName, options: WorldOptions): World => builders[name](options);

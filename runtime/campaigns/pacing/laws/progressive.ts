import type { Decision, Law, PacingSettings, PacingState } from "../law.ts";

type Memory = { settings: PacingSettings };

/** Lines for idle operators only: `linesPerOperator` each. With one line an answer always finds its operator. */
const forIdle = ({ team, campaigns, memory }: PacingState<Memory>, lines: number, thinkS: number): Decision => {
  const flying = campaigns.reduce((sum, campaign) => sum + campaign.dials.length, 0);
  const wanted = Math.round(lines * (team.idle - team.waiting)) - flying;
  return { dial: firstOpen(campaigns, Math.max(0, Math.min(wanted, team.linesFree))), lookAgainS: 1, amd: memory.settings.amdFalsePositive !== null, thinkS };
};

/** Everything for the open campaign that comes first. */
export function firstOpen(campaigns: PacingState["campaigns"], count: number): number[] {
  const open = campaigns.map((campaign, index) => ({ campaign, index })).filter(({ campaign }) => campaign.open);
  const first = open.sort((a, b) => a.campaign.priority - b.campaign.priority)[0]?.index;
  return campaigns.map((_, index) => (index === first ? count : 0));
}

/** Progressive: dials when an operator is idle, `linesPerOperator` lines for each. */
export const progressive: Law<Memory> = {
  name: "progressive",
  begin: (settings) => ({ settings }),
  learn: () => {},
  decide: (state) => forIdle(state, state.memory.settings.linesPerOperator, 0),
};

/** Preview: the operator reads the contact first, then one line is dialled for him. */
export const preview: Law<Memory> = {
  name: "preview",
  begin: (settings) => ({ settings }),
  learn: () => {},
  decide: (state) => forIdle(state, 1, state.memory.settings.thinkS),
};

/** Fixed ratio: `linesPerOperator` lines for each operator logged in, talking or not (power dialling). */
export const ratio: Law<Memory> = {
  name: "ratio",
  begin: (settings) => ({ settings }),
  learn: () => {},
  decide: ({ team, campaigns, memory }) => {
    const busy = team.talking.length + team.wrapping.length;
    const lines = campaigns.reduce((sum, campaign) => sum + campaign.dials.length, 0) + team.waiting + busy;
    const wanted = Math.round(memory.settings.linesPerOperator * team.agents) - lines;
    return {
      dial: firstOpen(campaigns, Math.max(0, Math.min(wanted, team.linesFree))),
      lookAgainS: 1,
      amd: memory.settings.amdFalsePositive !== null,
      thinkS: 0,
    };
  },
};

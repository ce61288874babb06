/**
 * The common interface of pacing algorithms. Times and durations are seconds on one clock (any epoch), shares are 0–1.
 * An algorithm keeps its learning in its own memory: plain data, so that it can be stored and survives a restart.
 */
export type Law<Memory = unknown> = {
  name: string;
  /** Decides on this beat only; without it on every event, and when it asked to look again. */
  everyS?: number;
  /** Events within this many seconds of a decision are handled together. */
  restS?: number;
  begin(settings: PacingSettings): Memory;
  /** Takes in what has happened, in the order of time. Changes nothing but the memory. */
  learn(memory: Memory, event: PacingEvent): void;
  /** How many to dial now, and when to look again. Pure: the same state and moment give the same decision. */
  decide(state: PacingState<Memory>, now: number): Decision;
};

export type PacingSettings = {
  /** Largest share of live answers that may be abandoned, false positives of AMD included. */
  cap: number;
  /** Over which windows the cap is never to be broken; all that apply bind at once. */
  windows: readonly CapWindow[];
  /** Share of live people that answering-machine detection takes for machines (measured on this trunk); null without AMD. */
  amdFalsePositive: number | null;
  /** Campaigns that share the operators: as many as `PacingState.campaigns`. */
  campaigns: number;
  /** Lines for each idle operator (progressive) or for each operator (ratio). */
  linesPerOperator: number;
  /** Seconds an operator reads the contact before each dial (preview). */
  thinkS: number;
  /** Settings of one algorithm by name, as in the VICIdial grid. */
  options?: Readonly<Record<string, number | string>>;
};

/** A calendar day of the campaign, the 24 hours that end now, the 30 days that end now. */
export type CapWindow = "day" | "24 hours" | "30 days";

export const usualSettings: PacingSettings = { cap: 0.03, windows: ["30 days"], amdFalsePositive: null, campaigns: 1, linesPerOperator: 1, thinkS: 5 };

/** The team and its calls now. */
export type PacingState<Memory = unknown> = { memory: Memory; team: TeamView; campaigns: readonly CampaignView[] };

export type TeamView = {
  /** Operators logged in, and how many of them are free. */
  agents: number;
  idle: number;
  /** Callers who have an operator's turn coming and none yet. */
  waiting: number;
  /** Start times of the calls of talking operators and of the wrap-ups; operators about to leave are excluded. */
  talking: readonly number[];
  wrapping: readonly number[];
  /** Inbound calls a second that the same operators expect; they go first. */
  inboundPerS: number;
  /** Lines that may still be taken. */
  linesFree: number;
};

export type CampaignView = {
  /** Start time of each dial in flight, and its answer odds relative to the campaign (1 = the same). */
  dials: readonly number[];
  /** False outside the calling window, or when nobody is left to call. */
  open: boolean;
  /** The smaller, the sooner. */
  priority: number;
  /** Segment of the contact list that comes next, and those of the dials in flight. */
  nextSegment: number;
  segments: readonly number[];
};

export type PacingEvent =
  /** A dial ended: an operator is needed, or nobody is there. `ringS` runs from dialling to the operator's turn, AMD included. */
  | { type: "answered" | "unanswered"; at: number; campaign: number; segment: number; ringS: number }
  /** An answered caller got an operator, or none in time. `linesShort`: the law would have dialled more than there were lines. */
  | { type: "connected" | "abandoned"; at: number; campaign: number; linesShort: boolean }
  /** The operator found a machine: what was connected was no live answer. */
  | { type: "machine"; at: number; campaign: number }
  | { type: "talked" | "wrapped"; at: number; seconds: number }
  /** A look at the team, once a second. */
  | { type: "look"; at: number; team: TeamView; dialled: number; linesInUse: number }
  /** A new day of the legal count begins. */
  | { type: "day"; at: number };

export type Decision = {
  /** New dials, for each campaign. */
  dial: readonly number[];
  lookAgainS: number;
  /** Whether answers go through answering-machine detection. */
  amd: boolean;
  /** Seconds before each of these dials goes out (preview). */
  thinkS: number;
  /** The reason for holding back, as a code. */
  note?: "cold-start" | "over-cap" | "amd-off";
};

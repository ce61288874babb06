/** All limits for flow authors in one place. */
export const limits = {
  nodesPerFlow: 5_000,
  /** Nodes entered in one step before one leaves by `error`, once; its branch may continue up to the next limit. */
  nodesPerStep: 200,
  /** Nodes entered in one step before the call ends with a fault. */
  nodesPerStepHard: 250,
  /** Nodes after which a loop continues in a separate step at the same time, so that its iterations are not one long step. */
  nodesBeforePause: 100,
  /** The same for the nodes entered in one call. */
  nodesPerCall: 50_000,
  nodesPerCallHard: 51_000,
  /** Subflows inside subflows. */
  subflowDepth: 10,
  branches: 10,
  nodeRetries: 5,
  loopTurns: 1_000,
  /** Times a call may be caught by `on-error`. */
  errorsCaught: 20,
  documentBytes: 4 * 1024 * 1024,
  textLength: 10_000,
  expressionLength: 4_000,
  listItems: 200,
  attempts: 10,
  speechLength: 1_000,
  typeAhead: 64,
  digits: 64,
  /** Milliseconds after a hang-up in which `on-hangup` may still work. */
  hangupBudgetMs: 30_000,
  saidMsPerChar: 65,
  callMs: 2 * 3_600_000,
  /** Hours after which an untouched card is closed as unfinished, unless the script sets another value; and the maximum. */
  untouchedHours: 24,
  untouchedHoursMost: 720,
} as const;

/** The rule lives in `flows`, so that the simulator waits and gives up exactly as a campaign does. */
export { nextAttempt, type Next, type PastAttempt, type RetryPlan } from "../../../flows/strategy/next-attempt.ts";

import type { Given } from "../../flows/simulate/conversation.ts";
import type { AskedService } from "./asked-world.ts";

export type Answer = Given["services"][string];
/** States that a tester chooses from, in order: as usual (null), ways to answer otherwise, failing. `exit:` + an exit is that exit. */
export type Behaviours = Record<string, Answer | null>;

const known: Record<string, Behaviours> = {
  http: {
    up: null,
    slow: { status: 200, body: {}, delay: 8 },
    clientError: { status: 404, body: {} },
    down: { status: 503, body: {} },
    timeout: { fault: "timeout" },
  },
  bridge: {
    up: null,
    busy: { exit: "busy", delay: 2 },
    noAnswer: { exit: "noAnswer", delay: 25 },
    rejected: { exit: "rejected", delay: 2 },
    down: { fault: "network" },
  },
  refer: { up: null, rejected: { exit: "rejected", delay: 1 }, down: { fault: "network" } },
  dial: {
    up: null,
    busy: { exit: "busy", delay: 3 },
    noAnswer: { exit: "noAnswer", delay: 25 },
    rejected: { exit: "rejected", delay: 3 },
    failed: { exit: "failed", delay: 2 },
    denied: { exit: "denied", delay: 0 },
  },
  queueStatus: {
    up: null,
    "exit:free": { value: { open: true, staffed: 3, waiting: 0, longest: 0, ewt: 0 } },
    "exit:busy": { value: { open: true, staffed: 3, waiting: 20, longest: 900, ewt: 900 } },
    "exit:unstaffed": { value: { open: true, staffed: 0, waiting: 0, longest: 0, ewt: 0 } },
    "exit:closed": { value: { open: false, staffed: 0, waiting: 0, longest: 0, ewt: 0 } },
    down: { fault: "network" },
  },
  listen: { up: null, down: { fault: "not-available" } },
};

/** Exits that are a failure of the service, said by `down` and `timeout`. */
const failures = new Set(["error", "hangup", "timeout"]);

/** The possible behaviours of a service. */
export function behavioursOf(service: AskedService): Behaviours {
  const own = known[service.do];
  if (own) return own;
  const exits = service.exits.filter((exit) => !failures.has(exit)).map((exit): [string, Answer] => [`exit:${exit}`, { exit }]);
  return {
    up: null,
    ...(exits.length > 1 ? Object.fromEntries(exits) : {}),
    ...(service.exits.includes("timeout") ? { timeout: { exit: "timeout", delay: 5 } } : {}),
    down: { fault: "network" },
  };
}

/** The state an answer stands for; "custom" when it was written by hand. */
export function stateOf(behaviours: Behaviours, answer: Answer | undefined): string {
  const written = JSON.stringify(answer ?? null);
  return Object.entries(behaviours).find(([, each]) => JSON.stringify(each) === written)?.[0] ?? "custom";
}

/** What an answer written by hand begins with. */
export const blankAnswer = (service: AskedService): Answer =>
  service.do === "http" ? { status: 200, body: {} } : { exit: service.exits[0] ?? "ok", value: {} };

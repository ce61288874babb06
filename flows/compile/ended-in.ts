import type { Context, Pending } from "./context.ts";

/** The state of a call at the hang-up: waiting for a person, talking to one, or in the flow itself. */
export const endedInStates = ["waiting", "talk", "flow"] as const;
export type EndedIn = (typeof endedInStates)[number];

/** Whether a pending command connects the caller to a person, and its progress. */
export function joiningOf({ waiter, args, state }: Pending): "waiting" | "talk" | null {
  if (waiter !== "world" || (args as { joins?: boolean }).joins !== true) return null;
  return (state as { joined: boolean }).joined ? "talk" : "waiting";
}

/** The state cut off by the hang-up, derived from pending commands; a state recorded before is kept. */
export function endedIn({ call, pending }: Context): EndedIn {
  const told = endedInStates.find((each) => each === call["endedIn"]);
  const now = Object.values(pending).map(joiningOf);
  return endedInStates.find((each) => each === told && each !== "flow") ?? (now.includes("talk") ? "talk" : now.includes("waiting") ? "waiting" : "flow");
}

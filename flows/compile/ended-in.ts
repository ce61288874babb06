import type { Context, Pending } from "./context.ts";

/** In what a call was when it was hung up: looking for a person, talking with one, or in the flow itself. */
export const endedInStates = ["waiting", "talk", "flow"] as const;
export type EndedIn = (typeof endedInStates)[number];

/** Whether a pending command joins the caller with a person, and how far it has come. */
export function joiningOf({ waiter, args, state }: Pending): "waiting" | "talk" | null {
  if (waiter !== "world" || (args as { joins?: boolean }).joins !== true) return null;
  return (state as { joined: boolean }).joined ? "talk" : "waiting";
}

/** What the hang-up cuts off, told by what is pending; what was told before (a command left a moment ago) stays. */
export function endedIn({ call, pending }: Context): EndedIn {
  const told = endedInStates.find((each) => each === call["endedIn"]);
  const now = Object.values(pending).map(joiningOf);
  return endedInStates.find((each) => each === told && each !== "flow") ?? (now.includes("talk") ? "talk" : now.includes("waiting") ? "waiting" : "flow");
}

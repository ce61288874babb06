import type { Command } from "../../../flows/commands.ts";
import type { Value } from "../../../flows/schema/values.ts";
import type { Store } from "../../ports/store.ts";
import type { Performer } from "./performer.ts";

type List = Extract<Command, { do: "list" }>;

/** Checks, adds or removes a number. A hit is counted and stamped. */
export const list: Performer<List> = ({ id, command }, call) => {
  void useList(call.store, command, call.clock.now()).then(
    (answer) => call.reply(id, answer.exit, answer.value),
    (error: unknown) => call.fault(id, "not-found", error instanceof Error ? error.message : String(error)),
  );
};

/** The list command without a call. Rejects when the list does not exist. */
export async function useList(store: Store, command: List, at: number): Promise<{ exit: string; value?: Value }> {
  const { list: name, action, number, reason, days } = command;
  if (!(await store.lists.all()).some((row) => row.name === name)) throw new Error(`there is no list "${name}"`);
  if (action === "remove") {
    await store.lists.drop(name, number);
    return { exit: "ok" };
  }
  if (action === "add") {
    await store.lists.add({ list: name, number, reason, addedAt: at, expiresAt: days > 0 ? at + days * 86_400_000 : null });
    return { exit: "ok" };
  }
  const [entry] = await store.lists.find(number, { list: name }, at);
  if (!entry) return { exit: "notFound" };
  await store.lists.hit(name, number, at);
  return { exit: "found", value: { ...entry, hits: entry.hits + 1, lastSeen: at } };
}

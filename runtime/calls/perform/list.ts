import type { Command } from "../../../flows/commands.ts";
import { matchesNumber } from "../../../flows/nodes/list/match-number.ts";
import { keyText } from "../../../flows/schema/key-text.ts";
import type { ListEntry, Store } from "../../ports/store.ts";
import { normalizeNumber } from "../../routing/normalize-number.ts";
import { failed, type DataAnswer } from "./data-answer.ts";

type List = Extract<Command, { do: "list" }>;
const day = 86_400_000;

/**
 * Checks, adds or removes a number. A hit is counted with a timestamp. A check without a number in a call with a withheld number
 * uses that number; the flow gets the entry, not the number.
 */
export const list: DataAnswer<List> = async (command, { store, clock, country }, { withheld = "" }) => {
  const { list: name, action, reason, days } = command;
  const number = normalizeNumber(keyText(command.number), country);
  const at = clock.now();
  if (!(await store.lists.all()).some((row) => row.name === name)) return failed("not-found", `list "${name}" does not exist`);
  if (action === "check") {
    const asked = number || normalizeNumber(withheld, country);
    const entry = asked === "" ? undefined : await entryFor({ ...command, number: asked }, store, at);
    if (!entry) return { exit: "notFound" };
    await store.lists.hit(name, entry.number, at);
    return { exit: "found", value: { ...entry, number: number === "" ? "" : entry.number, hits: entry.hits + 1, lastSeen: at } };
  }
  if (number === "") return failed("bad-value", `no number to look up in list "${name}"`);
  if (action === "remove") await store.lists.drop(name, number);
  else await store.lists.add({ list: name, number, reason, addedAt: at, expiresAt: days > 0 ? at + days * day : null });
  return { exit: "ok" };
};

/** The entry that covers a number; the longest one of several. */
async function entryFor({ list: name, number, match = "exact" }: List, store: Store, at: number): Promise<ListEntry | undefined> {
  if (match === "exact") return (await store.lists.find(number, { list: name }, at))[0];
  const entries = await store.lists.candidates(name, number, match, at);
  return entries.filter((entry) => matchesNumber(entry.number, number, match)).sort((a, b) => b.number.length - a.number.length)[0];
}

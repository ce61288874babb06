import type { Command } from "../../../flows/commands.ts";
import { keyText } from "../../../flows/schema/key-text.ts";
import { failed, type DataAnswer } from "./data-answer.ts";

const longestKey = 200;
const rowBytes = 64 * 1024;
const campaignPrefix = "campaign:";

/** Finds, writes or deletes a row. The table of a campaign needs no setup; any other must exist in the settings. */
export const table: DataAnswer<Extract<Command, { do: "table" }>> = async ({ table: name, action, key: given, values }, { store, clock }) => {
  const key = keyText(given);
  if (name === campaignPrefix) return failed("not-available", "this call does not belong to a campaign, so it has no campaign table");
  if (!name.startsWith(campaignPrefix) && !(await store.tables.find(name)))
    return failed("not-found", `table "${name}" does not exist: create it in the settings`);
  if (key.length > longestKey) return failed("bad-value", `the row key is longer than ${longestKey} characters`);
  if (action === "lookup") {
    const row = key === "" ? null : await store.tables.row(name, key);
    return row ? { exit: "found", value: row } : { exit: "notFound" };
  }
  if (key === "") return failed("bad-value", `the row key is empty: table "${name}"`);
  if (action === "remove") {
    await store.tables.drop(name, key);
    return { exit: "ok", value: null };
  }
  if (JSON.stringify(values).length > rowBytes) return failed("bad-value", "the row is larger than 64 KB");
  return { exit: "ok", value: await store.tables.merge(name, key, values, clock.now()) };
};

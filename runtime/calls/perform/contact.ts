import type { Command } from "../../../flows/commands.ts";
import { keyText } from "../../../flows/schema/key-text.ts";
import type { Value } from "../../../flows/schema/values.ts";
import type { Person } from "../../ports/data-store.ts";
import { normalizeNumber } from "../../routing/normalize-number.ts";
import { failed, type DataAnswer } from "./data-answer.ts";

const fieldBytes = 64 * 1024;

/** Reads or writes a person in the contact book. */
export const contact: DataAnswer<Extract<Command, { do: "contact" }>> = async (command, { store, clock, country }) => {
  const phone = normalizeNumber(keyText(command.phone), country);
  if (command.action === "get") {
    const person = phone === "" ? null : await store.people.find(phone);
    return person ? { exit: "found", value: valueOf(person) } : { exit: "notFound" };
  }
  if (phone === "") return failed("bad-value", "the contact has no number");
  const { name, groups, phone: _key, ...fields } = command.fields;
  if (JSON.stringify(fields).length > fieldBytes) return failed("bad-value", "the contact fields are larger than 64 KB");
  const change = {
    fields,
    add: command.groups?.add ?? [],
    remove: command.groups?.remove ?? [],
    ...(name === undefined ? {} : { name: keyText(name) }),
    ...(Array.isArray(groups) ? { groups: groups.map(String) } : {}),
  };
  return { exit: "ok", value: valueOf(await store.people.merge(phone, change, clock.now())) };
};

/** A person as flows see one. */
const valueOf = ({ phone, name, fields, groups }: Person): Record<string, Value> => ({
  ...fields,
  phone,
  ...(name === "" ? {} : { name }),
  ...(groups.length === 0 ? {} : { groups }),
});

import type { Command } from "../../flows/commands.ts";
import { keyText } from "../../flows/schema/key-text.ts";
import type { Value } from "../../flows/schema/values.ts";
import type { ContactRow } from "../ports/store.ts";
import { normalizeNumber } from "../routing/normalize-number.ts";

type Contact = Extract<Command, { do: "contact" }>;

/** The campaign's contact after its strategy wrote to the contact book: the same person has the same fields here. Pure. */
export function rowWritten(row: ContactRow, command: Contact, reply: { exit: string; value?: Value }, country: string): ContactRow {
  const sameNumber = normalizeNumber(keyText(command.phone), country) === normalizeNumber(row.phone, country);
  if (command.action !== "update" || reply.exit !== "ok" || !sameNumber) return row;
  const { name, phone: _key, groups: _given, ...fields } = command.fields;
  const person = typeof reply.value === "object" && reply.value !== null && !Array.isArray(reply.value) ? reply.value : {};
  const groups: Record<string, Value> = Array.isArray(person["groups"]) ? { groups: person["groups"] } : {};
  return { ...row, name: name === undefined ? row.name : keyText(name), data: { ...row.data, ...fields, ...groups } };
}

import type { Command } from "../commands.ts";
import { describeNumber } from "../nodes/caller-info/describe-number.ts";
import { crmExit } from "../nodes/crm/exit-of.ts";
import { matchesNumber } from "../nodes/list/match-number.ts";
import { isOver } from "../nodes/rate-limit/is-over.ts";
import { keyText } from "../schema/key-text.ts";
import type { Value } from "../schema/values.ts";
import type { Given } from "./conversation.ts";
import { phoneKey } from "./same-phone.ts";
import { answered, answeredBy, type Answered } from "./scripted-answers.ts";
import { countOf, type StoredWorld } from "./stored-world.ts";

type World = StoredWorld & { answers: Given["services"]; lists: Given["lists"]; used: Record<string, number>; consulted: string[] };
type Data = "list" | "table" | "contact" | "crm" | "notify" | "count" | "toggle" | "callerInfo";
type Replier<D extends Data> = (command: Extract<Command, { do: D }>, world: World, at: number) => Answered;

/** Responses of the scripted environment to data commands. Unscripted: stored data of the conversation, otherwise a neutral response. */
export const dataRepliers: { [D in Data]: Replier<D> } = {
  list(command, world) {
    const name = `list:${command.list}`;
    const numbers = (world.lists[command.list] ??= []);
    const entry = numbers.find((each) => matchesNumber(each, keyText(command.number), command.match ?? "exact"));
    if (command.action === "check") {
      return answered(name, world, entry === undefined ? { exit: "notFound" } : { exit: "found", value: { list: command.list, number: entry } });
    }
    if (command.action === "add" && !numbers.includes(command.number)) numbers.push(command.number);
    if (command.action === "remove") world.lists[command.list] = numbers.filter((number) => number !== command.number);
    return answered(name, world, { exit: "ok" });
  },
  table(command, world) {
    const name = `table:${command.table}`;
    const key = keyText(command.key);
    if (key === "" && command.action !== "lookup") return { exit: "error", fault: "bad-value" };
    const rows = (world.tables[command.table] ??= {});
    const row = key !== "" && Object.hasOwn(rows, key) ? rows[key]! : null;
    if (command.action === "lookup") return answered(name, world, row ? { exit: "found", value: row } : { exit: "notFound" });
    const reply = answered(name, world, { exit: "ok", value: command.action === "remove" ? null : { ...row, ...command.values } });
    if (reply.fault) return reply;
    if (command.action === "remove") delete rows[key];
    else rows[key] = { ...row, ...command.values };
    return reply;
  },
  contact(command, world) {
    const key = phoneKey(keyText(command.phone));
    if (key === "" && command.action === "update") return { exit: "error", fault: "bad-value" };
    const known = Object.hasOwn(world.contacts, key) ? world.contacts[key]! : null;
    if (command.action === "get") return answered("contact", world, known ? { exit: "found", value: known } : { exit: "notFound" });
    const next = { ...known, phone: known?.["phone"] ?? command.phone, ...command.fields, ...groupsOf(known, command) };
    const reply = answered("contact", world, { exit: "ok", value: next });
    if (!reply.fault) world.contacts[key] = next;
    return reply;
  },
  crm(command, world, at) {
    const names = [`crm:${command.connector}:${command.method}`, `crm:${command.method}`, `crm:${command.connector}`];
    const scripted = names.some((name) => Object.hasOwn(world.answers, name));
    const demo = command.connector === "demo" && !scripted ? world.demoCrm.ask(command.method, command.params, command.key, at) : null;
    const reply = answeredBy(names, world, demo ?? { exit: "", value: command.method === "findByPhone" ? [] : null });
    if (reply.fault === "timeout" || (reply.delayMs ?? 0) >= command.timeoutMs) return { exit: "timeout", delayMs: command.timeoutMs };
    return { ...reply, exit: reply.exit || crmExit(command.method, reply.value) };
  },
  notify: (command, world) =>
    answeredBy([`notify:${command.channel}`, "notify"], world, { exit: "sent", value: { state: "sent", channel: command.channel, to: command.to } }),
  count(command, world, at) {
    const { counter, windowMs, limit, add } = command;
    const key = keyText(command.key);
    if (add) world.counted.push({ counter, key, at });
    const count = countOf(world, counter, key, windowMs, at);
    return answeredBy([`count:${counter}`, "count"], world, { exit: isOver(count, limit, add) ? "over" : "under", value: count });
  },
  toggle(command, world) {
    const { name, action } = command;
    const now = Object.hasOwn(world.switches, name) && world.switches[name]!;
    const next = action === "read" ? now : action === "flip" ? !now : action === "on";
    const reply = answered(`switch:${name}`, world, { exit: next ? "on" : "off" });
    if (!reply.fault) world.switches[name] = next;
    return reply;
  },
  callerInfo(command, world) {
    const facts = describeNumber(keyText(command.number), "RU");
    const reply = answeredBy(["caller-info"], world, { exit: "" });
    const given = typeof reply.value === "object" && reply.value !== null && !Array.isArray(reply.value) ? reply.value : {};
    const value: Record<string, Value> = { ...facts, calls: 0, lastCallAt: "", lastOutcome: "", ...given };
    const exit = facts.hidden ? "hidden" : Number(value["calls"]) > 0 ? "known" : "new";
    return { ...reply, exit: reply.exit || exit, value };
  },
};

/** Groups after an update; nothing when the command does not touch them. */
function groupsOf(known: Record<string, Value> | null, command: Extract<Command, { do: "contact" }>): Record<string, Value> {
  const { groups, fields } = command;
  if (!groups || (groups.add.length === 0 && groups.remove.length === 0)) return {};
  const before = fields["groups"] ?? known?.["groups"];
  const kept = (Array.isArray(before) ? before.map(String) : []).filter((group) => !groups.remove.includes(group));
  return { groups: [...new Set([...kept, ...groups.add])] };
}

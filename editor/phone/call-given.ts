import type { Calendar } from "../../flows/schema/calendar.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Value } from "../../flows/schema/values.ts";
import { allNodes } from "../../flows/schema/graph.ts";
import type { Given } from "../../flows/simulate/conversation.ts";
import { momentOf } from "../../flows/strategy/moment-of.ts";
import type { AskedWorld } from "./asked-world.ts";
import { noStoredData, type StoredData } from "./stored-data.ts";

/** Conditions of a call; an empty `now` means the current time. */
export type CallGiven = {
  caller: string;
  dialled: string;
  now: string;
  language: "ru" | "en" | "";
  inputs: Record<string, Value>;
  contact: Record<string, Value>;
  services: Given["services"];
  listed: string[];
  /** What differs from the installation's own; absent in what older browsers remember. */
  switches?: Given["switches"];
  tables?: Given["tables"];
  contacts?: Given["contacts"];
  counters?: Given["counters"];
};

export const emptyGiven: CallGiven = {
  caller: "+79990000001",
  dialled: "1000",
  now: "",
  language: "",
  inputs: {},
  contact: { phone: "+79990000001", name: "Анна" },
  services: {},
  listed: [],
};

/** The environment of a simulated call: the tester's conditions on top of the stored data that the flow uses. */
export function givenFor(flow: Flow, given: CallGiven, calendars: Record<string, Calendar>, asked: AskedWorld, stored: StoredData = noStoredData): Given {
  const lists = Object.fromEntries(asked.lists.map((name) => [name, given.listed.includes(name) ? [given.caller] : []]));
  const inputs = {
    ...Object.fromEntries(
      Object.entries(flow.inputs)
        .filter(([, variable]) => variable.default === undefined && variable.required)
        .map(([name, variable]) => [name, variable.options?.[0]?.value ?? sample(variable.type)]),
    ),
    ...given.inputs,
  };
  const zone = stored.place?.zone ?? (Intl.DateTimeFormat().resolvedOptions().timeZone || "Europe/Moscow");
  return {
    caller: given.caller,
    dialled: given.dialled,
    now: new Date(momentOf(given.now, zone) ?? Date.now()).toISOString(),
    zone,
    ...(stored.place ? { country: stored.place.country } : {}),
    ...(given.language ? { language: given.language } : {}),
    inputs,
    contact: given.contact,
    calendars: { ...calendars, ...missingCalendars(flow, calendars) },
    lists,
    tables: picked(asked.tables, (name) => given.tables?.[name] ?? stored.tables[name] ?? {}),
    switches: picked(asked.switches, (name) => given.switches?.[name] ?? stored.switches[name] ?? false),
    contacts: asked.contacts ? (given.contacts ?? stored.contacts) : {},
    counters: picked(asked.counters, (name) => given.counters?.[name] ?? stored.counters[name] ?? 0),
    services: given.services,
  };
}

const picked = <T>(names: readonly string[], of: (name: string) => T): Record<string, T> => Object.fromEntries(names.map((name) => [name, of(name)]));

const sample = (type: string): Value =>
  type === "number" || type === "money" ? 1 : type === "boolean" ? true : type === "list" ? [] : type === "map" ? {} : "…";

const allDay: Calendar = {
  zone: "Europe/Moscow",
  week: Object.fromEntries(["1", "2", "3", "4", "5"].map((day) => [day, [{ from: "09:00", to: "18:00" }]])),
  holidays: [],
  special: {},
};

/** Calendars the flow names and nobody has made yet are weekdays nine to six. */
function missingCalendars(flow: Flow, known: Record<string, Calendar>): Record<string, Calendar> {
  const names = allNodes(flow).flatMap(([, node]) => (typeof node.config["calendar"] === "string" ? [node.config["calendar"]] : []));
  return Object.fromEntries(names.filter((name) => !(name in known)).map((name) => [name, allDay]));
}

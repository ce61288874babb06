import type { Calendar } from "../../flows/schema/calendar.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import type { Value } from "../../flows/schema/values.ts";
import type { Given } from "../../flows/simulate/conversation.ts";

/** What the person sets before a call; empty `now` means this moment. */
export type CallGiven = {
  caller: string;
  dialled: string;
  now: string;
  language: "ru" | "en" | "";
  inputs: Record<string, Value>;
  contact: Record<string, Value>;
  services: Given["services"];
  listed: string[];
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

export function givenFor(flow: Flow, given: CallGiven, calendars: Record<string, Calendar>): Given {
  const lists = Object.fromEntries(listsOf(flow).map((name) => [name, given.listed.includes(name) ? [given.caller] : []]));
  const inputs = {
    ...Object.fromEntries(
      Object.entries(flow.inputs)
        .filter(([, variable]) => variable.default === undefined && variable.required)
        .map(([name, variable]) => [name, sample(variable.type)]),
    ),
    ...given.inputs,
  };
  return {
    caller: given.caller,
    dialled: given.dialled,
    now: given.now ? new Date(given.now).toISOString() : new Date().toISOString(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "Europe/Moscow",
    ...(given.language ? { language: given.language } : {}),
    inputs,
    contact: given.contact,
    calendars: { ...calendars, ...missingCalendars(flow, calendars) },
    lists,
    tables: {},
    switches: {},
    contacts: {},
    counters: {},
    services: given.services,
  };
}

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
  const names = Object.values(flow.nodes).flatMap((node) => (typeof node.config["calendar"] === "string" ? [node.config["calendar"]] : []));
  return Object.fromEntries(names.filter((name) => !(name in known)).map((name) => [name, allDay]));
}

const configsOf = (flow: Flow, type: string): Record<string, unknown>[] =>
  Object.values(flow.nodes)
    .filter((node) => node.type === type)
    .map((node) => node.config);
const texts = (values: unknown[]): string[] => [...new Set(values.filter((value): value is string => typeof value === "string" && value !== ""))];

export const listsOf = (flow: Flow): string[] => texts(configsOf(flow, "list").map((config) => config["list"]));

/** Services the flow asks: http by name, and the telephone network itself. */
export function servicesOf(flow: Flow): { name: string; kind: "http" | "bridge" | "refer" | "dial" }[] {
  const transfers = configsOf(flow, "transfer");
  return [
    ...texts(configsOf(flow, "http").map((config) => config["service"])).map((name) => ({ name, kind: "http" as const })),
    ...(transfers.some((config) => config["mode"] !== "blind") ? [{ name: "bridge", kind: "bridge" as const }] : []),
    ...(transfers.some((config) => config["mode"] === "blind") ? [{ name: "refer", kind: "refer" as const }] : []),
    ...(configsOf(flow, "dial").length > 0 ? [{ name: "dial", kind: "dial" as const }] : []),
  ];
}

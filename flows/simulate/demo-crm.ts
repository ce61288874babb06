import type { CrmMethod } from "../commands.ts";
import { nowParts } from "../language/zoned.ts";
import { crmExit } from "../nodes/crm/exit-of.ts";
import type { Value } from "../schema/values.ts";
import { asValue, demoClients, demoDigest, demoOrders, type DemoClient } from "./demo-clients.ts";
import { samePhone } from "./same-phone.ts";

export type CrmAnswer = { exit: string; value: Value };
export type DemoCrm = {
  /** Answers one method; the same key gives the same record again. `at` is the moment, milliseconds since the epoch. */
  ask(method: CrmMethod, params: Record<string, Value>, key: string, at: number): CrmAnswer;
};

type Params = Record<string, Value>;
const text = (value: Value | undefined): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const hours = ["10:00", "12:00", "14:00", "16:00"];
const kept = 10_000;

/** The connector contract in memory, with demo customers, orders and slots, used by the simulator and `demo` connectors. */
export function demoCrm(zone: string): DemoCrm {
  const taken = new Set<string>();
  const byKey = new Map<string, CrmAnswer>();
  let last = 0;
  const made = (prefix: string, value: Params): CrmAnswer => ({ exit: "ok", value: { id: `${prefix}${++last}`, ...value } });
  const slots = (params: Params, at: number) => slotsFrom(params, at, zone).map((slot) => ({ ...slot, free: slot.free && !taken.has(slot.id) }));

  const createRecord = (params: Params, at: number): CrmAnswer => {
    const wanted = text(params["slot"]);
    if (wanted === "") return made("r", params);
    const slot = slots({ ...params, date: wanted.slice(0, 10) }, at).find((each) => each.id === wanted);
    if (!slot?.free) return { exit: "conflict", value: { slot: wanted, reason: "busy" } };
    taken.add(wanted);
    return made("r", { ...params, slot: wanted });
  };
  const methods: Record<CrmMethod, (params: Params, at: number) => CrmAnswer> = {
    findByPhone: (params) => {
      const value = demoClients.filter((client) => samePhone(client.phone, text(params["phone"]))).map(asValue);
      return { exit: crmExit("findByPhone", value), value };
    },
    digest: (params) => ({ exit: "ok", value: clientsOf(params).slice(0, 1).flatMap(demoDigest).map(asValue) }),
    openOrders: (params) => {
      const ids = new Set(clientsOf(params).map((client) => client.id));
      return { exit: "ok", value: demoOrders.filter((order) => ids.has(order.client)).map(asValue) };
    },
    slots: (params, at) => ({
      exit: "ok",
      value: slots(params, at)
        .filter((slot) => slot.free)
        .map(asValue),
    }),
    createRecord,
    logCall: (params) => made("l", params),
    attachRecording: (params) => made("a", params),
    createTask: (params) => made("t", params),
  };
  return {
    ask(method, params, key, at) {
      const before = key === "" ? undefined : byKey.get(`${method}:${key}`);
      if (before) return before;
      const answer = methods[method](params, at);
      const writes = answer.exit === "ok" && typeof answer.value === "object" && answer.value !== null && !Array.isArray(answer.value);
      if (writes && key !== "") byKey.set(`${method}:${key}`, answer);
      if (byKey.size > kept) byKey.delete(byKey.keys().next().value!);
      return answer;
    },
  };
}

/** Clients by `client` (an id) or by `phone`. */
function clientsOf(params: Params): DemoClient[] {
  const id = text(params["client"]);
  return demoClients.filter((client) => (id === "" ? samePhone(client.phone, text(params["phone"])) : client.id === id));
}

/** Four slots a day; of the day given, or of the next three days. Noon is always busy. */
function slotsFrom(params: Params, at: number, zone: string): { id: string; date: string; time: string; staff: string; free: boolean }[] {
  const day = text(params["date"]).slice(0, 10);
  const days = /^\d{4}-\d\d-\d\d$/.test(day) ? [day] : [1, 2, 3].map((ahead) => nowParts(at + ahead * 86_400_000, zone).date);
  return days.flatMap((date) => hours.map((time) => ({ id: `${date}T${time}`, date, time, staff: time < "13:00" ? "Ирина" : "Олег", free: time !== "12:00" })));
}

import type { Value } from "../schema/values.ts";

export type DemoClient = { id: string; phone: string; name: string; city: string; manager: string; vip: boolean; debt: number; note: string };
export type DemoOrder = { id: string; client: string; title: string; state: string; sum: number; due: string };

/** Customers of the demo connector: one, one with a complaint, and two with one number. */
export const demoClients: readonly DemoClient[] = [
  { id: "c1", phone: "+79990000001", name: "Анна Петрова", city: "Москва", manager: "Ольга", vip: false, debt: 0, note: "" },
  { id: "c2", phone: "+79990000002", name: "Борис Иванов", city: "Екатеринбург", manager: "Павел", vip: true, debt: 12_500, note: "Жалоба на доставку" },
  { id: "c3", phone: "+79990000003", name: "Вера Смирнова", city: "Казань", manager: "Ольга", vip: false, debt: 0, note: "" },
  { id: "c4", phone: "+79990000003", name: "Глеб Смирнов", city: "Казань", manager: "Ольга", vip: false, debt: 0, note: "" },
];

export const demoOrders: readonly DemoOrder[] = [
  { id: "1041", client: "c1", title: "Кофемашина", state: "delivery", sum: 38_900, due: "2026-11-25" },
  { id: "1044", client: "c2", title: "Холодильник", state: "payment", sum: 64_000, due: "2026-11-24" },
  { id: "1050", client: "c2", title: "Плита", state: "assembly", sum: 41_200, due: "2026-12-01" },
];

export type Line = { text: string; tone: "plain" | "good" | "bad" };

/** A digest of at most seven lines, newest first; a complaint and a debt are `bad`. */
export function demoDigest(client: DemoClient): Line[] {
  const orders = demoOrders.filter((order) => order.client === client.id);
  const lines: Line[] = [
    { text: `${client.name}, ${client.city}`, tone: "plain" },
    ...(client.vip ? [{ text: "VIP", tone: "good" as const }] : []),
    ...(client.note ? [{ text: client.note, tone: "bad" as const }] : []),
    ...(client.debt > 0 ? [{ text: `Долг ${client.debt} ₽`, tone: "bad" as const }] : []),
    ...orders.map((order) => ({ text: `Заказ ${order.id}: ${order.title}`, tone: "plain" as const })),
    { text: `Менеджер: ${client.manager}`, tone: "plain" },
  ];
  return lines.slice(0, 7);
}

/** A record as a plain value. */
export const asValue = (record: object): Value => ({ ...record }) as Value;

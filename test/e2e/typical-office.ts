import { sipTelephony } from "../../runtime/telephony/sip/index.ts";
import type { Journey } from "./browser.ts";

/** What the screens show of an office at work: paths of the screens by name. */
export type Office = { screens: Record<string, string>; flow: string; campaign: string; list: string; call: string; run: string };

type Api = Journey["server"]["api"];

/** Fills a server with a call, a running script, a campaign with contacts, lists, people, a table: once per journey. With `key` the caller hears the menu and presses it. */
export async function typicalOffice({ server }: Journey, key?: string): Promise<Office> {
  const { api } = server;
  const flow = await liveFlow(api);
  await lists(api);
  const campaign = await campaignWithContacts(api);
  const run = await api<{ id: string }>("POST", "/api/desk/runs", { flow: "first-line", caller: "+79161234567" });
  const call = await oneCall(server, key);
  const settings = ["numbers", "calendars", "switches", "tables", "connectors", "messages", "recordings", "about"];
  const screens = {
    library: "/library",
    flows: "/flows",
    flow: `/flows/${flow}`,
    calls: "/calls",
    call: `/calls/${call}`,
    desk: "/desk",
    run: `/desk/${run.id}`,
    campaigns: "/campaigns",
    campaign: `/campaigns/${campaign}`,
    lists: "/lists",
    list: "/lists/blacklist",
    people: "/lists/~contacts",
    ...Object.fromEntries(settings.map((tab) => [`settings-${tab}`, `/settings/${tab}`])),
  };
  return { screens, flow, campaign, list: "blacklist", call, run: run.id };
}

async function liveFlow(api: Api): Promise<string> {
  const { id, revision } = await api<{ id: string; revision: number }>("POST", "/api/templates/main-menu/clone", { id: "office-menu" });
  await api("POST", `/api/flows/${id}/publish`, { revision, note: "Первая версия", number: "1500" });
  return id;
}

async function lists(api: Api): Promise<void> {
  await api("PUT", "/api/lists/blacklist", { title: { ru: "Нежелательные", en: "Unwanted" }, kind: "black" });
  for (let n = 0; n < 12; n++) await api("PUT", `/api/lists/blacklist/entries/+7900123450${n % 10}`, { reason: "дышит в трубку", days: 30 });
  const phones = ["+79161234567", "+79161234568", "+74951234567"];
  for (const [index, phone] of phones.entries()) await api("PUT", `/api/contacts/${phone}`, { name: `Клиент ${index}`, groups: ["постоянные"] });
}

async function campaignWithContacts(api: Api): Promise<string> {
  const { campaigns } = await api<{ campaigns: { id: string }[] }>("GET", "/api/campaigns");
  const { id } =
    campaigns[0] ?? (await api<{ id: string }>("POST", "/api/campaigns", { title: "Осенний опрос", strategy: "nps-campaign", consent: "Договор" }));
  const rows = Array.from({ length: 30 }, (_, index) => `+7916000${String(1000 + index)},Контакт ${index}`);
  await api("POST", `/api/campaigns/${id}/contacts`, {
    csv: ["phone,name", ...rows, "не номер,Ошибка", "123,Короткий"].join("\n"),
    mapping: { phone: "phone", name: "name" },
  });
  return id;
}

/** A call from a SIP telephone: hung up in the menu, or a key is pressed there and the flow ends it. */
async function oneCall(server: Journey["server"], key?: string): Promise<string> {
  const { address, port } = server.sip;
  const trunk = { name: "sufler", host: address, port, transport: "udp" as const, register: false, callerId: "+79005554433", maxLines: 2 };
  const caller = sipTelephony({ bind: "127.0.0.1", sipPort: 0, rtpPorts: [0, 0], maxLegs: 4, allow: "any", trunks: [trunk] });
  await caller.start({ onIncoming: (leg) => leg.reject(486) });
  try {
    const leg = caller.dial({ to: "1500", trunk: "sufler", ringTimeoutMs: 10_000 });
    const over = new Promise<void>((resolve) => leg.listen((event) => void (event.type === "hungup" && resolve())));
    const heard = async (): Promise<string> => {
      for (;;) {
        const { calls } = await server.api<{ calls: { id: string; direction: string }[] }>("GET", "/api/calls");
        const phoned = calls.find((each) => each.direction === "inbound");
        if (phoned) return phoned.id;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const id = await heard();
    await new Promise((resolve) => setTimeout(resolve, key ? 5_000 : 600));
    if (key) leg.sendDigits("key", key);
    else leg.hangup();
    await over;
    return id;
  } finally {
    await caller.stop();
  }
}

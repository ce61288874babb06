import { expect } from "vitest";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { keepHostsInUse, readOutsideSettings } from "../../runtime/calls/hosts-in-use.ts";
import { sqliteStore } from "../../runtime/store/index.ts";
import { readStoredFlow } from "../../runtime/stored-flow.ts";

/** A store as 0.4.0 left it, and an empty one. */
export async function hostsRead(): Promise<void> {
  const store = await sqliteStore(":memory:", readStoredFlow);
  const flow = (id: string, url: string) =>
    parseFlow({
      sufler: 2,
      id,
      kind: "ivr",
      title: {},
      languages: ["ru"],
      inputs: { crm: { type: "string", title: { ru: "c" }, default: "https://crm.input:8443/x" } },
      outcomes: ["done"],
      start: "ask",
      nodes: { ask: { type: "http", config: { url, method: "GET" }, exits: { ok: "end" } }, end: { type: "hangup", config: { outcome: "done" }, exits: {} } },
    }).flow!;
  await store.flows.create(flow("live", "http://10.0.0.7:9000/{{ vars.x }}"), 1, null);
  await store.flows.publish(flow("live", "http://10.0.0.7:9000/{{ vars.x }}"), "", 1);
  await store.flows.create(flow("draft", "http://only.draft/"), 1, null);
  await store.connectors.put({ name: "c", title: {}, kind: "webhook", url: "http://crm.office/api", secret: "" });
  await store.settings.write("notify", { sms: { url: "http://sms.office:80/?to={to}", method: "GET" } });
  const hosts = ["10.0.0.7", "crm.input", "crm.office", "sms.office"];
  expect(await keepHostsInUse({ store, log: () => {} }, 5)).toEqual(hosts);
  expect(await readOutsideSettings(store)).toEqual({ hosts, at: 5 });
  await store.connectors.put({ name: "d", title: {}, kind: "webhook", url: "http://later.office/", secret: "" });
  expect(await keepHostsInUse({ store, log: () => {} }, 6)).toEqual(hosts);
  await store.close();
  const fresh = await sqliteStore(":memory:", readStoredFlow);
  expect(await keepHostsInUse({ store: fresh, log: () => {} }, 5)).toEqual([]);
  await fresh.connectors.put({ name: "d", title: {}, kind: "webhook", url: "http://later.office/", secret: "" });
  expect(await keepHostsInUse({ store: fresh, log: () => {} }, 6)).toEqual([]);
  await fresh.close();
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CallRow } from "../../runtime/ports/store.ts";
import { startTestServer, type TestServer } from "../server.ts";
import { SipPeer } from "../telephony/peer.ts";
import { eventually } from "./office.ts";

let server: TestServer;
let peer: SipPeer;
beforeAll(async () => {
  server = await startTestServer();
  peer = await SipPeer.open();
});
afterAll(async () => {
  await server.stop();
  peer.close();
});

const document = {
  sufler: 2,
  id: "personal",
  kind: "ivr",
  title: { ru: "p" },
  languages: ["ru"],
  inputs: { company: { type: "string", title: { ru: "Компания" }, default: "Ромашка" } },
  prompts: { all: { ru: "Это слышат все" }, firm: { ru: "Вы позвонили в {{ inputs.company }}" }, one: { ru: "Ваш номер {{ digits(caller.number) }}" } },
  outcomes: ["done"],
  start: "a",
  nodes: {
    a: { type: "say", config: { prompt: "all" }, exits: { next: "f" } },
    f: { type: "say", config: { prompt: "firm" }, exits: { next: "b" } },
    b: { type: "say", config: { prompt: "one" }, exits: { next: "end" } },
    end: { type: "hangup", config: { outcome: "done" }, exits: {} },
  },
};
const notes = async () => (await readdir(join(server.data, "prompts"), { recursive: true })).filter((name) => name.endsWith(".json"));

test("what is said to one caller leaves no sound on disk; what the flow says to everybody is there before the first call", async () => {
  await server.api("POST", "/api/flows", { document });
  await server.api("POST", "/api/flows/personal/publish", { revision: 1, number: "2222" });
  const before = await eventually("the demo's prompts to be made", async () => {
    const [first, later] = [await notes(), await new Promise((resolve) => setTimeout(resolve, 500)).then(notes)];
    return first.length === later.length ? later : undefined;
  });
  const call = await peer.call({ to: "2222", port: server.sip.port, from: "89161112244" });
  const row = await eventually("the call", async () =>
    (await server.api<{ calls: CallRow[] }>("GET", "/api/calls?flow=personal")).calls.find((each) => each.endedAt !== null),
  );
  expect(row).toMatchObject({ outcome: "done", ended: "flow" });
  expect(call.rtp.loudMs()).toBeGreaterThan(500);
  expect(await notes()).toEqual(before);
});

import type { CampaignRow, ContactRow } from "../../runtime/ports/store.ts";

/** A campaign of surveys that runs in the day, with one line. */
export const campaignRow = (more: Partial<CampaignRow> = {}): CampaignRow => ({
  id: "c",
  title: "C",
  strategy: "t",
  version: 1,
  state: "running",
  purpose: "survey",
  consent: "x",
  lines: 1,
  windowFrom: "09:00",
  windowTo: "20:00",
  days: [1, 2, 3, 4, 5, 6, 7],
  zone: "Europe/Moscow",
  trunk: "t",
  inputs: {},
  createdAt: 1,
  startedAt: 1,
  audience: "consumer",
  consentKind: "given",
  zoneOf: "number",
  retry: {},
  ...more,
});

/** Somebody of the campaign `c` who has not been called yet. */
export const contactRow = (more: Partial<ContactRow> = {}): ContactRow => ({
  id: "p1",
  campaign: "c",
  phone: "+79990000001",
  original: "",
  name: "",
  zone: "",
  data: {},
  state: "new",
  version: 1,
  snapshot: null,
  dueAt: null,
  outcome: null,
  attempts: 0,
  lastOutcome: null,
  result: {},
  updatedAt: 1,
  ...more,
});

import { Hono, type Context } from "hono";
import { z } from "zod";
import { knownZone } from "../../flows/schema/calendar.ts";
import { audiences, consents, purposes } from "../../flows/strategy/calling-rule.ts";
import { retrySettings } from "../../flows/strategy/retry-settings.ts";
import { importLimits } from "../campaigns/contacts/import-contacts.ts";
import { importInWorker, previewInWorker } from "../campaigns/contacts/read-csv.ts";
import type { Keyset } from "../ports/data-store.ts";
import type { CampaignRow, CampaignStore, ImportError, Store } from "../ports/store.ts";
import { AnswerColumns, mapPages, pagesOf, streamedCsv } from "./csv-stream.ts";
import type { HttpDeps } from "./deps.ts";
import { pageQuery } from "./environment.ts";
import { guardCsv } from "./guard-csv.ts";
import { body, cannotStart, describe, notFound, problem, query } from "./problem.ts";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "HH:MM");
const zone = z.string().max(60).refine(knownZone, "unknown time zone");
const campaignFields = z.object({
  title: z.string().min(1).max(200),
  strategy: z.string().min(1).max(60),
  purpose: z.enum(purposes),
  consent: z.string().max(500),
  lines: z.number().int().min(1).max(1000),
  windowFrom: clock,
  windowTo: clock,
  days: z.array(z.number().int().min(1).max(7)).min(1),
  zone,
  trunk: z.string().max(60),
  audience: z.enum(audiences),
  consentKind: z.enum(consents),
  zoneOf: z.enum(["number", "campaign"]),
  retry: retrySettings,
});
const newCampaign = campaignFields.extend({
  purpose: campaignFields.shape.purpose.default("survey"),
  consent: z.string().max(500).default(""),
  lines: campaignFields.shape.lines.default(2),
  windowFrom: clock.default("09:00"),
  windowTo: clock.default("20:00"),
  days: campaignFields.shape.days.default([1, 2, 3, 4, 5]),
  zone: zone.default("Europe/Moscow"),
  trunk: z.string().max(60).default(""),
  audience: z.enum(audiences).optional(),
  consentKind: z.enum(consents).default("given"),
  zoneOf: z.enum(["number", "campaign"]).default("number"),
  retry: retrySettings.default({}),
});
const csvText = z.string().max(importLimits.bytes);
const importBody = z.object({ csv: csvText, mapping: z.object({ phone: z.string(), name: z.string().optional(), zone: z.string().optional() }) });

const errorsQuery = z.object({ after: z.coerce.number().int().nullable().default(null), limit: z.coerce.number().int().min(1).max(1_000).default(200) });

/** Bad rows told in the answer; all of them are in errors.csv. */
const toldErrors = 1_000;

type WithCampaign = (c: Context, work: (campaign: CampaignRow) => Promise<Response>) => Promise<Response>;

export function campaignRoutes(deps: HttpDeps) {
  const store = deps.calls.store.campaigns;
  const withCampaign: WithCampaign = async (c, work) => {
    const campaign = await store.find(c.req.param("id") ?? "");
    return campaign ? work(campaign) : notFound(c);
  };
  return new Hono().route("/", plainRoutes(deps, withCampaign)).route("/", contactRoutes(deps, withCampaign)).route("/", runRoutes(deps, withCampaign));
}

function plainRoutes({ calls, campaigns }: HttpDeps, withCampaign: WithCampaign) {
  const store = calls.store.campaigns;
  return new Hono()
    .get("/", describe("campaigns", "All campaigns"), async (c) => c.json({ campaigns: await store.all() }))
    .post("/", describe("campaigns", "Create a campaign"), body(newCampaign), async (c) => {
      const id = calls.ids.next();
      const fields = c.req.valid("json");
      const wrong = await wrongFields(c, fields, calls.store);
      if (wrong) return wrong;
      const audience = fields.audience ?? (fields.purpose === "debt" ? "debtor" : "consumer");
      await store.create({ ...fields, audience, id, version: 0, state: "draft", inputs: {}, createdAt: calls.clock.now(), startedAt: null });
      return c.json({ id }, 201);
    })
    .get("/:id", describe("campaigns", "A campaign with its counts"), (c) =>
      withCampaign(c, async (campaign) => {
        const [counts, outcomes] = await Promise.all([store.counts(campaign.id), store.outcomes(campaign.id)]);
        return c.json({ campaign, counts, outcomes, linesInUse: campaigns.linesInUse(campaign.id) });
      }),
    )
    .put("/:id", describe("campaigns", "Change a campaign"), body(campaignFields.partial()), (c) =>
      withCampaign(c, async (campaign) => {
        if (campaign.state === "running") return problem(c, 409, "running", "сначала остановите кампанию", "pause the campaign first");
        const change = c.req.valid("json");
        const wrong = await wrongFields(c, { ...campaign, ...change }, calls.store);
        if (wrong) return wrong;
        await store.update(campaign.id, change);
        return c.body(null, 204);
      }),
    );
}

/** The refusal of fields that can never dial: a window without a minute, a flow that is no strategy. */
async function wrongFields(
  c: Context,
  { windowFrom, windowTo, strategy }: Pick<CampaignRow, "windowFrom" | "windowTo" | "strategy">,
  { flows }: Pick<Store, "flows">,
) {
  if (windowFrom >= windowTo)
    return problem(
      c,
      422,
      "empty-window",
      `окно звонков ${windowFrom}–${windowTo} пусто: конец должен быть позже начала`,
      `the calling window ${windowFrom}–${windowTo} is empty: it must end later than it begins`,
    );
  const kind = (await flows.draft(strategy))?.flow.kind ?? "strategy";
  return kind === "strategy"
    ? null
    : problem(
        c,
        422,
        "not-a-strategy",
        `«${strategy}» — не стратегия обзвона: выберите сценарий вида «стратегия»`,
        `"${strategy}" is not a campaign strategy: choose a flow of kind strategy`,
      );
}

function contactRoutes({ calls }: HttpDeps, withCampaign: WithCampaign) {
  const store = calls.store.campaigns;
  return new Hono()
    .post("/:id/preview", describe("campaigns", "Columns and first rows of a CSV file"), body(z.object({ csv: csvText })), (c) =>
      guardCsv(c, async () => c.json(await previewInWorker(c.req.valid("json").csv))),
    )
    .post("/:id/contacts", describe("campaigns", "Import contacts; every rejected row is reported"), body(importBody), (c) =>
      withCampaign(c, (campaign) =>
        guardCsv(c, async () => {
          const where = { campaign: campaign.id, country: calls.country, zone: campaign.zoneOf === "campaign" ? campaign.zone : "", at: calls.clock.now() };
          const id = calls.ids.next();
          const from = { import: id, at: where.at };
          const counted = { added: 0, duplicates: 0 };
          const told: ImportError[] = [];
          const { bad, notes } = await importInWorker({ ...c.req.valid("json"), ...where }, id, {
            async rows(part) {
              const { added, duplicates } = await store.addContacts(part, [], campaign.id, from);
              counted.added += added;
              counted.duplicates += duplicates;
            },
            async errors(part) {
              told.push(...part.slice(0, toldErrors - told.length));
              await store.addContacts([], part, campaign.id, from);
            },
          });
          return c.json({ import: id, ...counted, errors: told, bad, notes });
        }),
      ),
    )
    .get("/:id/errors.csv", describe("campaigns", "Rejected rows with reasons, by import"), query(z.object({ import: z.string().max(60).optional() })), (c) =>
      withCampaign(c, async (campaign) => {
        const { import: one } = c.req.valid("query");
        const pages = pagesOf(
          (page: Keyset<number>) => store.importErrorsAfter(campaign.id, { ...page, ...(one === undefined ? {} : { import: one }) }),
          (row) => row.id,
        );
        return streamedCsv(
          "errors.csv",
          ["line", "reason", "source", "import", "imported"],
          mapPages(pages, (row) => [row.line, row.reason, row.source, row.import, row.at === 0 ? "" : new Date(row.at).toISOString()]),
        );
      }),
    )
    .get("/:id/errors", describe("campaigns", "Rejected rows of imports with line numbers and reasons, paginated"), query(errorsQuery), (c) =>
      withCampaign(c, async (campaign) => {
        const { after, limit } = c.req.valid("query");
        const errors = await store.importErrorsAfter(campaign.id, { after, limit });
        return c.json({ errors, next: errors.length === limit ? errors.at(-1)!.id : null });
      }),
    )
    .get("/:id/contacts", describe("campaigns", "Contacts and their results"), query(pageQuery), (c) =>
      withCampaign(c, async (campaign) => c.json(await store.contacts(campaign.id, c.req.valid("query")))),
    )
    .get("/:id/attempts", describe("campaigns", "Attempts with rule and evidence"), query(pageQuery), (c) =>
      withCampaign(c, async (campaign) => c.json({ attempts: await store.attempts(campaign.id, c.req.valid("query")) })),
    )
    .get("/:id/results.csv", describe("campaigns", "Results with stable columns, one per answer"), (c) =>
      withCampaign(c, (campaign) => resultsCsv(store, campaign.id)),
    );
}

/** One row a contact: fixed columns first, then those of the list, then the results. Read twice: the columns are known first. */
async function resultsCsv(store: CampaignStore, campaign: string): Promise<Response> {
  const pages = () =>
    pagesOf(
      (page: Keyset<string>) => store.contactsAfter(campaign, page),
      (row) => row.phone,
    );
  const [listed, answered] = [new AnswerColumns(), new AnswerColumns()];
  for await (const page of pages()) {
    for (const { data, result } of page) {
      listed.see(data);
      answered.see(result);
    }
  }
  const [columns, results] = [listed.done(), answered.done("result_")];
  return streamedCsv(
    "results.csv",
    ["phone", "original", "name", "state", "outcome", "attempts", "last_outcome", "updated", ...columns.names, ...results.names],
    mapPages(pages(), ({ phone, original, name, state, outcome, attempts, lastOutcome, updatedAt, data, result }) => [
      phone,
      original,
      name,
      state,
      outcome ?? "",
      attempts,
      lastOutcome ?? "",
      new Date(updatedAt).toISOString(),
      ...columns.cells(data),
      ...results.cells(result),
    ]),
  );
}

function runRoutes({ campaigns }: HttpDeps, withCampaign: WithCampaign) {
  return new Hono()
    .post("/:id/start", describe("campaigns", "Start or resume"), (c) =>
      withCampaign(c, async (campaign) => {
        try {
          await campaigns.start(campaign.id);
          return c.body(null, 204);
        } catch (error) {
          return cannotStart(c, error);
        }
      }),
    )
    .post("/:id/pause", describe("campaigns", "Pause: no new dialling"), (c) =>
      withCampaign(c, async (campaign) => {
        await campaigns.pause(campaign.id);
        return c.body(null, 204);
      }),
    );
}

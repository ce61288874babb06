import { Hono, type Context, type MiddlewareHandler } from "hono";
import { openAPIRouteHandler } from "hono-openapi";
import { missingCommands } from "../calls/perform/not-available.ts";
import { NotKept } from "../calls/not-kept.ts";
import { readOutsideSettings } from "../calls/hosts-in-use.ts";
import { strayFiles } from "../calls/stray-files.ts";
import { isLoopback } from "../config.ts";
import { mayPass, StoreError } from "../ports/store-error.ts";
import { UnreadableFlow } from "../stored-flow.ts";
import { passwordDoor } from "./auth/password.ts";
import { boundedBody } from "./bounded-body.ts";
import { callRoutes, callsCsv } from "./calls.ts";
import { campaignRoutes } from "./campaigns.ts";
import { connectorRoutes } from "./connectors.ts";
import type { HttpDeps } from "./deps.ts";
import { deskRoutes } from "./desk.ts";
import { calendarRoutes, listRoutes, numberRoutes } from "./environment.ts";
import { hostCheck } from "./host-check.ts";
import { securityHeaders } from "./security-headers.ts";
import { flowRoutes } from "./flows.ts";
import { liveRoutes } from "./live.ts";
import { messageRoutes } from "./messages.ts";
import { peopleCsv, peopleRoutes } from "./people.ts";
import { describe, notFound, problem } from "./problem.ts";
import { promptRoutes } from "./prompts.ts";
import { serveEditor } from "./serve-editor.ts";
import { counterRoutes, switchRoutes } from "./switches.ts";
import { tableRoutes } from "./tables.ts";
import { templateRoutes } from "./templates.ts";

/** The HTTP server: API, live stream, editor files. */
export function httpApp(deps: HttpDeps, editorFolder: string) {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof SyntaxError || error.message.startsWith("Malformed JSON"))
      return problem(c, 400, "not-json", "это не JSON", "the request body is not valid JSON");
    if (error instanceof URIError) return problem(c, 400, "bad-path", "адрес не читается", "the URL is not valid");
    if (error instanceof UnreadableFlow) return problem(c, 422, "unreadable-flow", error.reason.ru, error.reason.en);
    if (error instanceof NotKept || (error instanceof StoreError && mayPass(error))) return notStored(c, deps, error);
    deps.calls.log(`http ${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`);
    return problem(c, 500, "bug", "внутренняя ошибка; она записана в журнал", "internal error; see the log");
  });
  app.use("*", retryLater);
  app.use("*", securityHeaders);
  app.use("*", hostCheck({ bind: deps.bindName, ...(deps.config.publicUrl ? { publicUrl: deps.config.publicUrl } : {}) }));
  const door = passwordDoor({ config: deps.config, sessions: deps.calls.store.sessions, now: deps.calls.clock.now });
  app.use("/api/*", door.guard);
  app.use("/api/*", boundedBody);
  const api = app
    .get("/api/health", describe("health", "Health"), async (c) => c.json(await health(deps)))
    .get("/api/settings", describe("settings", "Settings of this installation"), async (c) =>
      c.json({ ...settings(deps), allowHosts: { config: deps.config.allowHosts ?? [], kept: (await readOutsideSettings(deps.calls.store))?.hosts ?? [] } }),
    )
    .get("/api/files", describe("files", "Files on disk without a row, and rows without a file"), async (c) =>
      c.json(await strayFiles({ store: deps.calls.store, recordings: deps.calls.recordings, prompts: deps.prompts })),
    )
    .route("/api/session", door.routes)
    .route("/api/flows", flowRoutes(deps))
    .route("/api/templates", templateRoutes(deps))
    .route("/api/numbers", numberRoutes(deps))
    .route("/api/calendars", calendarRoutes(deps))
    .route("/api/lists", listRoutes(deps))
    .route("/api/tables", tableRoutes(deps))
    .route("/api/contacts.csv", peopleCsv(deps))
    .route("/api/contacts", peopleRoutes(deps))
    .route("/api/switches", switchRoutes(deps))
    .route("/api/counters", counterRoutes(deps))
    .route("/api/connectors", connectorRoutes(deps))
    .route("/api/messages", messageRoutes(deps))
    .route("/api/prompts", promptRoutes(deps))
    .route("/api/calls.csv", callsCsv(deps))
    .route("/api/calls", callRoutes(deps))
    .route("/api/live", liveRoutes(deps))
    .route("/api/desk", deskRoutes(deps))
    .route("/api/campaigns", campaignRoutes(deps));
  app.get("/api/openapi.json", openAPIRouteHandler(app, { documentation: { openapi: "3.1.0", info: { title: "Sufler", version: deps.version } } }));
  app.all("/api/*", notFound);
  app.get("*", serveEditor(editorFolder));
  return api;
}

export type Api = ReturnType<typeof httpApp>;

/** Every 503 has Retry-After. */
const retryLater: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.res.status === 503 && !c.res.headers.has("retry-after")) c.res.headers.set("retry-after", "10");
};

/** The store cannot write now: nothing is acknowledged, and the sender may try again. */
function notStored(c: Context, deps: HttpDeps, error: Error) {
  if (error instanceof StoreError) deps.calls.kept.noticed(error);
  c.header("retry-after", "10");
  return problem(c, 503, "store-failing", "данные сейчас не записываются: проверьте место на диске", "the store cannot write now: check the disk space");
}

/** Campaigns that paused by themselves; none when the database does not answer. */
async function pausedByThemselves({ calls }: HttpDeps) {
  const all = await calls.store.campaigns.all().catch(() => []);
  return all.flatMap(({ id, title, state, pauseReason }) => (state === "paused" && pauseReason ? [{ campaign: id, title, ...pauseReason }] : []));
}

async function health(deps: HttpDeps) {
  const { calls, config, version, startedAt } = deps;
  const sip = deps.sipAddress();
  const trunks = calls.telephony.trunks();
  const paused = await pausedByThemselves(deps);
  const media = calls.telephony.stats();
  const store = calls.kept.state();
  const well = sip && !store.failing && paused.length === 0 && trunks.every(({ state }) => state !== "failed" && state !== "failing");
  return {
    status: media.late.length > 0 ? "late" : well ? "ok" : "degraded",
    store: store.failing ? ("failing" as const) : ("ok" as const),
    kept: { since: store.since, reason: store.reason, waiting: store.waiting, lost: store.lost },
    version,
    uptimeS: Math.round((calls.clock.now() - startedAt) / 1000),
    calls: calls.registry.size,
    maxCalls: config.maxCalls,
    sip: { port: sip?.port ?? null, trunks },
    /** Campaigns that no longer dial because their trunk fails. */
    paused,
    voices: deps.voices(),
    demoNumber: "1000",
    media,
  };
}

function settings(deps: HttpDeps) {
  const { config, calls } = deps;
  return {
    zone: config.zone,
    country: config.country,
    maxCalls: config.maxCalls,
    bind: config.bind,
    loopback: isLoopback(config.bind),
    version: deps.version,
    sip: deps.sipAddress(),
    trunks: calls.telephony.trunks(),
    voices: deps.voices(),
    /** What no call of this installation can do yet, for the check in the page. */
    missingCommands,
    demoNumber: "1000",
  };
}

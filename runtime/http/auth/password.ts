import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { Hono, type Context, type MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { Config } from "../../config.ts";
import type { SessionStore } from "../../ports/store.ts";
import { body, describe, problem } from "../problem.ts";
import { clientAddress } from "./client-address.ts";
import { guesses } from "./guesses.ts";

/** Authentication: one password for everything under /api. Users and roles will be added here. */
const cookieName = "sufler";
const dayS = 86_400;
const keptS = 30 * dayS;
const open = new Set(["/api/health", "/api/session"]);

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const equal = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

type Signed = "yes" | "no" | { waitS: number };
type Options = { config: Pick<Config, "password" | "behindProxy" | "trustedProxies">; sessions: SessionStore; now: () => number };

export type Door = {
  /** Refuses what has no session. Basic authentication is taken too, for programs. */
  guard: MiddlewareHandler;
  routes: ReturnType<typeof sessionRoutes>;
};

/** One door; form and Basic share the count of wrong passwords. */
export function passwordDoor({ config, sessions, now }: Options): Door {
  const address = clientAddress(config);
  const counted = guesses();
  // A new password makes the sessions of the old one worthless.
  const keyOf = (token: string): string => digest(`${token}\n${config.password ?? ""}`).toString("hex");
  const check = (c: Context, given: string): Signed => {
    const from = address(c);
    const waitS = counted.wait(from);
    if (waitS > 0) return { waitS };
    if (equal(given, config.password ?? "")) return (counted.right(from), "yes");
    counted.wrong(from);
    return "no";
  };
  const hasSession = async (c: Context): Promise<boolean> => {
    const token = getCookie(c, cookieName);
    return token !== undefined && (await sessions.lives(keyOf(token), now()));
  };
  return {
    guard: async (c, next) => {
      if (!config.password || open.has(c.req.path) || (await hasSession(c))) return next();
      const given = basicPassword(c.req.header("authorization"));
      const signed = given === null ? "no" : check(c, given);
      if (signed === "yes") return next();
      return signed === "no" ? problem(c, 401, "sign-in", "войдите", "sign in") : tooMany(c, signed.waitS);
    },
    routes: sessionRoutes({ config, sessions, now, check, hasSession, keyOf }),
  };
}

const basicPassword = (header: string | undefined): string | null => {
  const basic = /^Basic (.+)$/i.exec(header ?? "")?.[1];
  return basic
    ? Buffer.from(basic, "base64")
        .toString()
        .replace(/^[^:]*:/, "")
    : null;
};

function tooMany(c: Context, waitS: number) {
  c.header("retry-after", String(waitS));
  return problem(c, 429, "too-many", `слишком много попыток: подождите ${waitS} с`, `too many attempts: wait ${waitS} s`);
}

type Parts = Options & { check(c: Context, given: string): Signed; hasSession(c: Context): Promise<boolean>; keyOf(token: string): string };

function sessionRoutes({ config, sessions, now, check, hasSession, keyOf }: Parts) {
  return new Hono()
    .get("/", describe("session", "Whether a password is required"), async (c) =>
      c.json({ required: Boolean(config.password), signedIn: !config.password || (await hasSession(c)) }),
    )
    .post("/", describe("session", "Sign in"), body(z.object({ password: z.string().max(200) })), async (c) => {
      if (!config.password) return c.body(null, 204);
      const signed = check(c, c.req.valid("json").password);
      if (signed === "no") return problem(c, 401, "wrong", "неверный пароль", "wrong password");
      if (signed !== "yes") return tooMany(c, signed.waitS);
      const token = randomBytes(32).toString("base64url");
      await sessions.begin(keyOf(token), now() + keptS * 1000, now());
      setCookie(c, cookieName, token, { httpOnly: true, sameSite: "Strict", secure: true, path: "/", maxAge: keptS });
      return c.body(null, 204);
    })
    .delete("/", describe("session", "Sign out"), async (c) => {
      const token = getCookie(c, cookieName);
      if (token !== undefined) await sessions.end(keyOf(token));
      deleteCookie(c, cookieName, { path: "/", secure: true });
      return c.body(null, 204);
    });
}

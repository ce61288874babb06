import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { Config } from "../../config.ts";
import { body, describe, problem } from "../problem.ts";

/** The one place of the door: a password for everything under /api. Users and roles come later, here. */
const cookieName = "sufler";
const secret = randomBytes(32);
const dayS = 86_400;
const open = new Set(["/api/health", "/api/session"]);

const sign = (text: string): string => createHmac("sha256", secret).update(text).digest("base64url");
const equal = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(sign(a)), Buffer.from(sign(b))];
  return timingSafeEqual(left, right);
};

function valid(cookie: string | undefined, now: number): boolean {
  const [until, signature] = (cookie ?? "").split(".");
  return until !== undefined && signature !== undefined && equal(signature, sign(until)) && Number(until) > now;
}

/** Refuses what has no session. Basic authentication is taken too, for programs. */
export function guard(password: string): MiddlewareHandler {
  return async (c, next) => {
    if (open.has(c.req.path) || valid(getCookie(c, cookieName), Date.now())) return next();
    const basic = /^Basic (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
    const given = basic
      ? Buffer.from(basic, "base64")
          .toString()
          .replace(/^[^:]*:/, "")
      : null;
    if (given !== null && equal(given, password)) return next();
    return problem(c, 401, "sign-in", "войдите", "sign in");
  };
}

const attempts = { count: 0, since: 0 };

/** Ten wrong passwords a minute, then wait. */
function tooMany(now: number): boolean {
  if (now - attempts.since > 60_000) Object.assign(attempts, { count: 0, since: now });
  attempts.count += 1;
  return attempts.count > 10;
}

export function sessionRoutes(config: Config) {
  return new Hono()
    .get("/", describe("session", "Whether a password is needed"), (c) =>
      c.json({ required: Boolean(config.password), signedIn: !config.password || valid(getCookie(c, cookieName), Date.now()) }),
    )
    .post("/", describe("session", "Sign in"), body(z.object({ password: z.string().max(200) })), (c) => {
      if (!config.password) return c.body(null, 204);
      if (!equal(c.req.valid("json").password, config.password)) {
        return tooMany(Date.now())
          ? problem(c, 429, "too-many", "слишком много попыток: подождите минуту", "too many attempts: wait a minute")
          : problem(c, 401, "wrong", "неверный пароль", "wrong password");
      }
      const until = String(Date.now() + 30 * dayS * 1000);
      setCookie(c, cookieName, `${until}.${sign(until)}`, { httpOnly: true, sameSite: "Strict", secure: true, path: "/", maxAge: 30 * dayS });
      return c.body(null, 204);
    });
}

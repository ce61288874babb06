import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { describeRoute, validator } from "hono-openapi";
import type { z } from "zod";
import { problemWords } from "../../flows/schema/problem-words.ts";
import { CannotStart } from "../calls/cannot-start.ts";

export type Problem = { code: string; message: { ru: string; en: string } } & Record<string, unknown>;

/** The shape of all API errors. */
export function problem(c: Context, status: ContentfulStatusCode, code: string, ru: string, en: string, extra: Record<string, unknown> = {}) {
  return c.json({ error: { code, message: { ru, en }, ...extra } satisfies Problem }, status);
}

export const notFound = (c: Context) => problem(c, 404, "not-found", "такого нет", "not found");

/** The answer to something that could not be started; anything but a `CannotStart` is thrown on. */
export function cannotStart(c: Context, error: unknown) {
  if (!(error instanceof CannotStart)) throw error;
  return problem(c, 409, "cannot-start", `не запускается: ${error.inRussian}`, `not started: ${error.message}`);
}

/** A JSON body checked at the door; the error names the place. */
export const body = <S extends z.ZodType>(schema: S) => checked("json", schema);
export const query = <S extends z.ZodType>(schema: S) => checked("query", schema);

function checked<T extends "json" | "query", S extends z.ZodType>(target: T, schema: S) {
  return validator(target, schema, (result, c) => {
    if (result.success) return undefined;
    const [first] = result.error;
    const path = (first?.path ?? []).map((part) => (typeof part === "object" ? String(part.key) : String(part))).join(".");
    const found = { ...first, path: path === "" ? [target] : path.split("."), message: first?.message ?? "invalid" };
    return problem(c, 400, "invalid", problemWords(found, "ru"), problemWords(found, "en"), { path });
  });
}

/** One line of OpenAPI for a route. */
export const describe = (tag: string, summary: string) => describeRoute({ tags: [tag], summary, responses: { 200: { description: "OK" } } });

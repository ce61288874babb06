import { z } from "zod";
import type { Fix } from "../../schema/issue.ts";
import { nodePath } from "../fixes/places.ts";
import type { FlowRule, PlacedNode } from "../rule.ts";

/** A node whose form is not filled in, or filled in wrongly. */
export const malformedConfig: FlowRule = {
  code: "malformed-config",
  severity: "error",
  needs: ["forms"],
  check: ({ all }) =>
    all.flatMap((place) =>
      place.facts.problems.slice(0, 10).map((problem) => {
        const path = problem.path.join(".");
        const missing = problem.code === "invalid_type" && problem.message.includes("undefined");
        return {
          node: place.id,
          path: `config.${path}`,
          message: missing
            ? { ru: `заполните поле «${path}»`, en: `fill in "${path}"` }
            : { ru: `поле «${path}»: ${inRussian(problem)}`, en: `"${path}": ${problem.message}` },
          fixes: backToDefault(place, problem),
        };
      }),
    ),
};

/** The field begins anew with what its form begins with, where that is sound. A list is not thrown away for one of its rows. */
function backToDefault(place: PlacedNode, { path }: z.core.$ZodIssue): Fix[] {
  const [name] = path;
  const { definition } = place.facts;
  if (path.length !== 1 || typeof name !== "string" || !definition || !Object.hasOwn(place.node.config, name)) return [];
  const { [name]: _wrong, ...rest } = place.node.config;
  const parsed = definition.config.safeParse(rest);
  const stillWrong = parsed.success ? [] : parsed.error.issues;
  if (stillWrong.some((each) => each.path[0] === name)) return [];
  const value = parsed.success ? (parsed.data as Record<string, unknown>)[name] : undefined;
  const begins = ["string", "number", "boolean"].includes(typeof value) && value !== "" ? ` (${value})` : "";
  const title = { ru: `Вернуть «${name}» как в новом узле${begins}`, en: `Put "${name}" back to what a new node has${begins}` };
  return [{ title, edits: [{ remove: [...nodePath(place), "config", name] }] }];
}

const russian = z.locales.ru().localeError;

/** zod's own words in Russian; ours (regular expressions with a reason) stay as they are; a rule of a node brings its own (`params.ru`). */
function inRussian(problem: z.core.$ZodIssue): string {
  if (problem.code === "custom" && typeof problem.params?.["ru"] === "string") return problem.params["ru"];
  const text = problem.code === "invalid_format" ? problem.message : russian(problem as never);
  return typeof text === "string" ? text : (text?.message ?? problem.message);
}

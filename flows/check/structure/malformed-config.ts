import type { z } from "zod";
import type { Fix } from "../../schema/issue.ts";
import { isMissing, problemWords } from "../../schema/problem-words.ts";
import { nodePath } from "../fixes/places.ts";
import type { FlowRule, PlacedNode } from "../rule.ts";

/** A node whose form is incomplete or not valid. */
export const malformedConfig: FlowRule = {
  code: "malformed-config",
  severity: "error",
  needs: ["forms"],
  check: ({ all }) =>
    all.flatMap((place) =>
      place.facts.problems.slice(0, 10).map((problem) => {
        const path = problem.path.join(".");
        return {
          node: place.id,
          path: `config.${path}`,
          message: isMissing(problem)
            ? { ru: `заполните поле «${path}»`, en: `fill in "${path}"` }
            : { ru: `поле ${problemWords(problem, "ru")}`, en: problemWords(problem, "en") },
          fixes: backToDefault(place, problem),
        };
      }),
    ),
};

/** Resets the field to the default of its form if that is valid. A list is not discarded because of one row. */
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
  const title = { ru: `Вернуть «${name}» как в новом узле${begins}`, en: `Reset "${name}" to its initial value${begins}` };
  return [{ title, edits: [{ remove: [...nodePath(place), "config", name] }] }];
}

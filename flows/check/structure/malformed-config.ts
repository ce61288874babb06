import { z } from "zod";
import type { FlowRule } from "../rule.ts";

/** A node whose form is not filled in, or filled in wrongly. */
export const malformedConfig: FlowRule = {
  code: "malformed-config",
  severity: "error",
  needs: ["forms"],
  check: ({ all }) =>
    all.flatMap(({ id, facts }) =>
      facts.problems.slice(0, 10).map((problem) => {
        const path = problem.path.join(".");
        const missing = problem.code === "invalid_type" && problem.message.includes("undefined");
        return {
          node: id,
          path: `config.${path}`,
          message: missing
            ? { ru: `заполните поле «${path}»`, en: `fill in "${path}"` }
            : { ru: `поле «${path}»: ${inRussian(problem)}`, en: `"${path}": ${problem.message}` },
        };
      }),
    ),
};

const russian = z.locales.ru().localeError;

/** zod's own words in Russian; ours (regular expressions with a reason) stay as they are; a rule of a node brings its own (`params.ru`). */
function inRussian(problem: z.core.$ZodIssue): string {
  if (problem.code === "custom" && typeof problem.params?.["ru"] === "string") return problem.params["ru"];
  const text = problem.code === "invalid_format" ? problem.message : russian(problem as never);
  return typeof text === "string" ? text : (text?.message ?? problem.message);
}

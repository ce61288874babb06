import { z } from "zod";
import { field } from "../schema/fields.ts";
import { limits } from "../schema/limits.ts";

/** Names of an inner graph: a part of this flow, or another flow. */
export const graphFields = {
  part: field.optionalSymbol({ ru: "Часть этого сценария", en: "Part of this flow" }, "part"),
  flow: field.optionalSymbol({ ru: "Или другой сценарий", en: "Or another flow" }, "flow"),
  version: field.text(
    { ru: "Версия", en: "Version" },
    {
      advanced: true,
      help: {
        ru: "Пусто — рабочая на момент публикации; номер или псевдоним закрепляет.",
        en: "Default: the version live at publishing. A number or an alias pins a version.",
      },
    },
  ),
  inputs: field.expressions({ ru: "Входные данные", en: "Inputs" }, { advanced: true }),
};

export const outcomeExit = z.object({ exit: field.exit({ ru: "Итог", en: "Outcome" }) });

export const branch = z.object({ name: field.name({ ru: "Имя ветви", en: "Branch name" }), ...graphFields });

export const branchesField = field.list({ ru: "Ветви", en: "Branches" }, branch, { min: 2, max: limits.branches });

type Ref = { part?: string | undefined; flow?: string | undefined; version: string; inputs: Record<string, string> };

/** The graph name on the card. */
export const refName = (ref: Ref): string => ref.part ?? ref.flow ?? "?";

export const inputExpressions = (path: string, ref: Ref) => Object.entries(ref.inputs).map(([name, source]) => ({ path: `${path}inputs.${name}`, source }));

export const flowSymbols = (refs: readonly Ref[]) => refs.flatMap((ref) => (ref.flow && !ref.part ? [{ kind: "flow" as const, name: ref.flow }] : []));

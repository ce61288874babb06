import { expressionFacts } from "../expression-references.ts";
import type { CheckContext } from "../rule.ts";

const known = new WeakMap<CheckContext, ReadonlySet<string>>();

/** Variables that hold secret input of the caller, including whole copies made by `set`. */
export function maskedVariables(context: CheckContext): ReadonlySet<string> {
  const before = known.get(context);
  if (before) return before;
  const masked = new Set<string>();
  for (const { config } of [...context.ofType("collect-digits"), ...context.ofType("collect-speech")]) {
    const { masked: secret, saveAs } = config as { masked: boolean; saveAs: string };
    if (secret) masked.add(saveAs);
  }
  if (masked.size > 0) copied(context, masked);
  known.set(context, masked);
  return masked;
}

/** A few rounds follow copies of copies; longer chains do not occur in practice. */
function copied(context: CheckContext, masked: Set<string>): void {
  for (let round = 0; round < 4; round++) {
    for (const { config } of context.ofType("set")) {
      for (const { name, value } of (config as { assign: { name: string; value: string }[] }).assign) {
        if (expressionFacts(value).references.some((each) => reveals(each, masked))) masked.add(name);
      }
    }
  }
}

type Read = { root: string; name: string | null; reduced: boolean };

/** Whether a read exposes the whole secret. The result masks it anyway. */
export const reveals = ({ root, name, reduced }: Read, masked: ReadonlySet<string>): boolean =>
  root === "vars" && !reduced && name !== null && masked.has(name);

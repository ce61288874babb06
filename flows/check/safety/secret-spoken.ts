import type { FlowRule } from "../rule.ts";
import { maskedVariables, reveals } from "./masked-variables.ts";

/** A secret answer is spoken: people nearby hear it, and the text is written to the journal. */
export const secretSpoken: FlowRule = {
  code: "secret-spoken",
  severity: "warning",
  needs: ["shape", "forms", "texts"],
  check(context) {
    const masked = maskedVariables(context);
    if (masked.size === 0) return [];
    return context.nodes.flatMap(({ id, facts }) =>
      facts.prompts.flatMap((key) => {
        const read = context.prompt(key)?.reads.find((each) => reveals(each, masked));
        if (!read) return [];
        return [
          {
            node: id,
            path: `prompts.${key}`,
            message: {
              ru: `«${read.name}» введено секретно, а здесь звучит вслух: назовите разве что последние цифры`,
              en: `"${read.name}" is secret but is spoken aloud here: say only the last digits`,
            },
          },
        ];
      }),
    );
  },
};

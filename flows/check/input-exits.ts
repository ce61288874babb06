import type { Rule } from "./rule.ts";

/** Silence and wrong keys must lead somewhere: an input with no way out for them ends in an apology. */
export const inputExits: Rule = {
  code: "input-exits",
  severity: "error",
  check: ({ nodes }) =>
    nodes.flatMap(({ id, node, exits }) => {
      const open = ["noInput", "invalid"].filter((exit) => exits.includes(exit) && !(exit in node.exits));
      if (open.length === 0 || "error" in node.exits) return [];
      return [
        {
          node: id,
          message: {
            ru: `не соединены выходы ${open.join(", ")}: скажите, что делать с молчанием и ошибкой`,
            en: `exits ${open.join(", ")} are not connected: say what happens on silence and mistakes`,
          },
        },
      ];
    }),
};

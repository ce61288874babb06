import type { Rule } from "./rule.ts";

export const oneOnHangup: Rule = {
  code: "one-on-hangup",
  severity: "error",
  check: ({ nodes }) =>
    nodes
      .filter(({ node }) => node.type === "on-hangup")
      .slice(1)
      .map(({ id }) => ({
        node: id,
        message: { ru: "второй узел «Если положили трубку»: оставьте один", en: 'a second "On hang-up" node: keep one' },
      })),
};

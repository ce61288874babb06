import type { FlowRule } from "../rule.ts";
import { byLaw, labelLength } from "./laws.ts";

/** A label that does not fit what the operator may show. */
export const labelTooLong: FlowRule = {
  code: "label-too-long",
  severity: "error",
  check({ flow }) {
    const length = [...(flow.passport?.label ?? "")].length;
    if (length <= labelLength) return [];
    return [
      {
        node: null,
        path: "passport.label",
        message: byLaw(
          "RU-41-LBL",
          `подпись вызова — ${length} знаков, можно ${labelLength}: сократите`,
          `the call label has ${length} characters, ${labelLength} are allowed: shorten it`,
        ),
      },
    ];
  },
};

import type { FlowRule } from "../rule.ts";
import { byLaw, labelLength } from "./laws.ts";

/** A label longer than the carrier can show. */
export const labelTooLong: FlowRule = {
  code: "label-too-long",
  severity: "error",
  needs: ["head"],
  check({ flow }) {
    const short = shortened(flow.passport?.label ?? "");
    const length = [...(flow.passport?.label ?? "")].length;
    if (length <= labelLength) return [];
    return [
      {
        node: null,
        path: "passport.label",
        message: byLaw(
          "RU-41-LBL",
          `подпись вызова — ${length} знаков, можно ${labelLength}: сократите`,
          `the call label has ${length} characters; the limit is ${labelLength}: shorten it`,
        ),
        fixes: [{ title: { ru: `Оставить «${short}»`, en: `Keep "${short}"` }, edits: [{ set: ["passport", "label"], to: short }] }],
      },
    ];
  },
};

/** The words that fit; a single long word is truncated. */
function shortened(label: string): string {
  const cut = [...label.trim()].slice(0, labelLength).join("");
  const space = cut.lastIndexOf(" ");
  return (space > labelLength / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–—-]+$/u, "");
}

import type { Law } from "./law.ts";
import { preview, progressive, ratio } from "./laws/progressive.ts";
import { vicidial } from "./laws/vicidial.ts";
import { marginalRisk } from "./ours/marginal-risk.ts";

export type LawName = "ours" | "vicidial" | "progressive" | "preview" | "ratio";

/** Every law by its name. A law and its memory belong together: what `begin` of one has made is for that one only. */
export const laws: Readonly<Record<LawName, Law>> = { ours: marginalRisk, vicidial, progressive, preview, ratio };

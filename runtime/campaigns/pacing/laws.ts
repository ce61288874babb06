import type { Law } from "./law.ts";
import { preview, progressive, ratio } from "./laws/progressive.ts";
import { vicidial } from "./laws/vicidial.ts";
import { marginalRisk } from "./ours/marginal-risk.ts";

export type LawName = "ours" | "vicidial" | "progressive" | "preview" | "ratio";

/** All algorithms by name. The memory created by `begin` belongs to its own algorithm only. */
export const laws: Readonly<Record<LawName, Law>> = { ours: marginalRisk, vicidial, progressive, preview, ratio };

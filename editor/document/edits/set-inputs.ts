import type { Flow } from "../../../flows/schema/flow.ts";
import { edit, type Edit } from "./edit.ts";

/** Changes the inputs or the variables of the flow. */
export function setInputs(part: "inputs" | "variables", values: Flow["inputs"]): Edit {
  return edit("set-inputs", () => ({ [part]: values }), `inputs:${part}`);
}

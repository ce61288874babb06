import type { Flow } from "../../../flows/schema/flow.ts";
import { edit, type Edit } from "./edit.ts";

/** Changes the inputs a client fills in, or the flow's own variables. */
export function setInputs(part: "inputs" | "variables", values: Flow["inputs"]): Edit {
  return edit("set-inputs", () => ({ [part]: values }), `inputs:${part}`);
}

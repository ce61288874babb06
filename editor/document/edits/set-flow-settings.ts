import type { Flow } from "../../../flows/schema/flow.ts";
import { edit, type Edit } from "./edit.ts";

export type FlowSettings = Partial<Pick<Flow, "title" | "description" | "tags" | "languages" | "start">>;

export function setFlowSettings(settings: FlowSettings): Edit {
  return edit("set-flow-settings", () => settings, `settings:${Object.keys(settings).join()}`);
}

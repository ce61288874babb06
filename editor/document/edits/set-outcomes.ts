import { edit, type Edit } from "./edit.ts";

export function setOutcomes(outcomes: string[]): Edit {
  return edit("set-outcomes", () => ({ outcomes }));
}

import { edit, type Edit } from "./edit.ts";

export function removePrompt(key: string): Edit {
  return edit("remove-prompt", (flow) => {
    const { [key]: _gone, ...prompts } = flow.prompts;
    return { prompts };
  });
}

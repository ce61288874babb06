import type { FlowLanguage, Prompt } from "../../../flows/schema/flow.ts";
import { edit, type Edit } from "./edit.ts";

/** Changes a prompt in one language: text, or a recording with its caption; undefined removes the language. */
export function setPrompt(key: string, language: FlowLanguage, prompt: Prompt | undefined): Edit {
  return edit(
    "set-prompt",
    (flow) => {
      const { [language]: _old, ...others } = flow.prompts[key] ?? {};
      const next = prompt === undefined ? others : inOrder({ ...others, [language]: prompt });
      return { prompts: { ...flow.prompts, [key]: next } };
    },
    `prompt:${key}:${language}`,
  );
}

const inOrder = <T extends object>(prompt: T): T => Object.fromEntries(Object.entries(prompt).sort(([a], [b]) => (a === "ru" ? -1 : b === "ru" ? 1 : 0))) as T;

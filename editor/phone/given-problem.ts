import { parseConversation, type Given } from "../../flows/simulate/conversation.ts";

/** Where a piece of what is given does not fit, as "tea.price"; null when it fits. `""` is the piece itself. */
export function givenProblem<K extends keyof Given>(kind: K, name: string | null, value: unknown): string | null {
  const piece = name === null ? value : { [name]: value };
  const parsed = parseConversation({ title: "", given: { [kind]: piece }, talk: [], expect: {} });
  if (!("error" in parsed)) return null;
  const at = parsed.error.split(": ")[0]!;
  return at.slice(["given", kind, ...(name === null ? [] : [name]), ""].join(".").length);
}

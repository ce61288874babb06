import { parseFlow } from "../flows/schema/parse-flow.ts";
import type { Flow } from "../flows/schema/flow.ts";

/** A stored document that this version cannot parse; the message names the flow and the reason in both languages. */
export class UnreadableFlow extends Error {
  override readonly name = "UnreadableFlow";
  readonly reason: { ru: string; en: string };
  constructor(flow: string, reason: { ru: string; en: string }) {
    super(`stored flow "${flow}" cannot be read: ${reason.en}`);
    this.reason = { ru: `сохранённый сценарий «${flow}» не читается: ${reason.ru}`, en: this.message };
  }
}

/** A document of the store, brought to today's format by the same door as any other. Throws UnreadableFlow. */
export function readStoredFlow(document: string): Flow {
  const { flow, issues } = parseFlow(document);
  if (flow) return flow;
  throw new UnreadableFlow(issues[0]?.flow ?? "", issues[0]?.message ?? { ru: "он испорчен", en: "it is malformed" });
}

import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";
import { recordedFields, recordingPieces, whisperItems } from "../whisper-fields.ts";

/** Words that only the operator on the call hears. */
export const whisper = defineNode({
  type: "whisper",
  kinds: ["ivr", "script"],
  group: "people",
  icon: "IconEar",
  title: { ru: "Шепнуть оператору", en: "Whisper" },
  config: z.object({ prompt: field.prompt({ ru: "Что шепнуть", en: "What to whisper" }), ...recordedFields }),
  exits: ["next"],
  waits: true,
  compile: (config, kit) =>
    kit.ask("world", { command: { do: "whisper", items: whisperItems(kit, config.prompt, config) }, saveAs: "", consumesDigits: false }),
  summary: (config, text) => text(config.prompt),
  expressions: (config) => recordingPieces("recording", config),
});

import type { Kit } from "../compile/kit.ts";
import { field } from "../schema/fields.ts";

/** The caller's recording in a whisper, and the words after it. */
export const recordedFields = {
  recording: field.optionalExpression(
    { ru: "И голос самого звонящего", en: "Caller's recording" },
    {
      type: "string",
      advanced: true,
      help: {
        ru: "Запись этого же звонка: переменная узла «Записать сообщение», например vars.message. Нет записи — звучит только текст.",
        en: 'A recording of this call: the variable of a "Record a message" node, for example vars.message. Without it, only the text is played.',
      },
    },
  ),
  after: field.optionalPrompt({ ru: "Сказать после записи", en: "Say after the recording" }, { advanced: true }),
};
type Recorded = { recording?: string | undefined; after?: string | undefined };

/** The content of a whisper: a prompt, the recording, a prompt after it. */
export const whisperItems = (kit: Kit, prompt: string | undefined, { recording, after }: Recorded): unknown =>
  recording ? { $whisper: { before: kit.prompt(prompt), recording, after: kit.prompt(after) } } : { $play: [...kit.prompt(prompt), ...kit.prompt(after)] };

/** The expression of the recording, for the checks. */
export const recordingPieces = (path: string, { recording }: Recorded) => (recording ? [{ path, source: recording, type: "string" }] : []);

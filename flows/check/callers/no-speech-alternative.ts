import type { FlowRule } from "../rule.ts";

type Menu = { choices: { phrases: string }[] };

/** No menu accepts speech: a hint, reported once, because it needs speech recognition. */
export const noSpeechAlternative: FlowRule = {
  code: "no-speech-alternative",
  severity: "info",
  needs: ["shape", "forms"],
  check(context) {
    const menus = context.ofType("menu");
    const mute = menus.filter(({ config }) => (config as Menu).choices.every((item) => item.phrases.trim() === ""));
    if (mute.length === 0) return [];
    return [
      {
        node: mute[0]!.id,
        path: "config.choices",
        message: {
          ru: `меню без слов: ${mute.length} из ${menus.length}. Впишите слова вариантов, и можно будет отвечать голосом`,
          en: `${mute.length} of ${menus.length} menus accept keys only: add words to the options so that callers can answer by voice`,
        },
      },
    ];
  },
};

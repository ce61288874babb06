import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { answerNames, celPairs, pairSources } from "../answer-fields.ts";
import { defineNode } from "../define-node.ts";

/** Sends a message independently of the call: it is stored until the gateway accepts it. */
export const notify = defineNode({
  type: "notify",
  kinds: ["ivr", "script", "strategy"],
  group: "data",
  icon: "IconSend",
  title: { ru: "Отправить сообщение", en: "Send a message" },
  config: z.object({
    channel: field.choice(
      { ru: "Куда", en: "Channel" },
      {
        sms: { ru: "СМС", en: "SMS" },
        email: { ru: "письмо", en: "email" },
        messenger: { ru: "мессенджер", en: "messenger" },
        webhook: { ru: "событие на сайт (webhook)", en: "website event (webhook)" },
      },
      "sms",
    ),
    to: field.template(
      { ru: "Кому", en: "To" },
      {
        help: { ru: "Номер, адрес или имя события. Пусто — номер звонящего.", en: "A number, an address or an event name. Default: the caller's number." },
      },
    ),
    subject: field.template({ ru: "Тема", en: "Subject" }, { advanced: true }),
    prompt: field.optionalPrompt({ ru: "Текст из фраз сценария", en: "Prompt of the flow" }),
    text: field.template(
      { ru: "Или текст", en: "Or its own text" },
      {
        multiline: true,
        help: { ru: "Числа, суммы и даты пишутся цифрами.", en: "Numbers, amounts and dates are written in figures." },
      },
    ),
    data: field.expressions({ ru: "Данные", en: "Data" }, { advanced: true, help: { ru: "Уходят вместе с текстом.", en: "Sent together with the text." } }),
    saveAs: field.optionalName({ ru: "Итог отправки запомнить как", en: "Save the result as" }, { advanced: true }),
  }),
  exits: ["sent", "failed"],
  waits: true,
  compile: (config, kit) => {
    const [prompt] = kit.prompt(config.prompt);
    const command = {
      do: "notify",
      channel: config.channel,
      to: config.to ? kit.text(config.to) : kit.celText("caller.number"),
      subject: { $shown: config.subject },
      text: prompt ? { $shownWords: prompt } : { $shown: config.text },
      data: celPairs(kit, config.data),
      key: kit.celText(`string(call.id) + ":${kit.path}"`),
    };
    return kit.ask("world", { command, saveAs: config.saveAs ?? "", consumesDigits: false });
  },
  summary: (config, text) => {
    const said = config.prompt ? text(config.prompt) : config.text;
    return `${config.channel} ${config.to || "caller.number"}${said ? ` · «${said}»` : ""}`;
  },
  results: (config) => answerNames(config),
  expressions: (config) => [
    { path: "to", source: config.to, text: true },
    { path: "subject", source: config.subject, text: true },
    { path: "text", source: config.text, text: true },
    ...pairSources("data", config.data),
  ],
});

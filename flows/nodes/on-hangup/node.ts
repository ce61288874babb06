import { z } from "zod";
import { field } from "../../schema/fields.ts";
import { defineNode } from "../define-node.ts";

export const onHangup = defineNode({
  type: "on-hangup",
  kinds: ["ivr"],
  group: "end",
  icon: "IconPhoneX",
  title: { ru: "Если положили трубку", en: "On hang-up" },
  config: z.object({
    by: field.choices(
      { ru: "Кто положил", en: "Who hung up" },
      { caller: { ru: "звонящий", en: "caller" }, operator: { ru: "оператор", en: "operator" }, network: { ru: "сеть", en: "network" } },
      {
        help: {
          ru: "Пусто — кто угодно. Узлов может быть несколько, у каждого свои причины.",
          en: "Leave empty for anyone. A flow can have several nodes, each with its own reasons.",
        },
      },
    ),
    during: field.choices(
      { ru: "Что шло", en: "In progress" },
      {
        waiting: { ru: "ждал, пока ответят", en: "waiting for an answer" },
        talk: { ru: "говорил с человеком", en: "talking to an operator" },
        flow: { ru: "слушал сценарий", en: "the flow itself" },
      },
      {
        advanced: true,
        help: {
          ru: "Пусто — что угодно. Ждут и говорят в переводе и в очереди; после отбоя то же лежит в call.endedIn.",
          en: "Leave empty for any state. Waiting and talking occur in a transfer or a queue. After the hang-up, call.endedIn holds the state.",
        },
      },
    ),
  }),
  exits: ["next"],
  waits: false,
  root: true,
  compile: (_config, kit) => kit.branch({}),
  decide: () => ({ exit: "next" }),
  summary: ({ by, during }, _text, language) => [...by, ...during, language === "ru" ? "30 секунд, без звука" : "30 seconds, no audio"].join(" · "),
});

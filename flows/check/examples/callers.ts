import { begin, digits, finish, menu, node, say, type Change, type Example } from "./example.ts";

const text =
  (key: string, ru: string, en = ru): Change =>
  (flow) =>
    (flow.prompts[key] = { ru, en });
const both =
  (...changes: Change[]): Change =>
  (flow) =>
    changes.forEach((change) => change(flow));

const keys = (count: number) => [..."123456789"].slice(0, count).map((key) => ({ key, phrases: "слово" }));
/** A menu with this many keys; odd keys continue, even keys end. */
const wide =
  (count: number, to: (index: number) => string): Change =>
  (flow) => {
    flow.nodes["ask"] = menu("people", { choices: keys(count), repeatKey: "*" });
    keys(count).forEach(({ key }, index) => (flow.nodes["ask"]!.exits[key] = to(index)));
  };
const deep =
  (count: number): Change =>
  (flow) => {
    for (let n = 0; n < count; n++) flow.nodes[`m${n}`] = menu(n + 1 < count ? `m${n + 1}` : "people");
    flow.nodes["say"]!.exits["next"] = "m0";
    delete flow.nodes["ask"];
  };
const step =
  (length: number): Change =>
  (flow) => {
    flow.kind = "script";
    flow.inputs = {};
    const half = Math.floor(length / 2);
    const words = (letter: string) => `${letter.repeat(half - 2)}. ${letter.repeat(length - half)}`;
    flow.prompts = { hello: { ru: words("а"), en: words("a") } };
    flow.nodes = { say: node("step", { say: "hello" }, { next: "end" }), end: finish() };
  };

export const callerExamples: readonly Example[] = [
  {
    code: "ad-before-menu",
    what: { en: "Advertising before the first choice.", ru: "Реклама до первого выбора." },
    node: "ad",
    breaks: both(begin({ ad: say("say", "ad") }), text("ad", "Только сегодня скидки на всё!", "A discount on everything, today only!")),
    near: both(begin({ ad: say("say", "intro") }), text("intro", "Акционерное общество «Ромашка»", "Camomile, how can we offer help")),
  },
  {
    code: "first-choice-late",
    what: {
      en: "More than 30 seconds of speech before the first choice, at 65 ms per character.",
      ru: "До первого выбора больше 30 секунд речи, по 65 мс на знак.",
    },
    node: "ask",
    breaks: both(begin({ a: say("b", "long"), b: say("say", "long") }), text("long", "а".repeat(250))),
    near: both(begin({ a: say("say", "long") }), text("long", "а".repeat(250))),
  },
  {
    code: "menu-depth",
    what: { en: "More than three menus in a row.", ru: "Больше трёх меню подряд." },
    node: "m3",
    breaks: deep(4),
    near: deep(3),
  },
  {
    code: "menu-options",
    what: {
      en: "More than five options in a menu. A scale (0 to 10) counts as one option.",
      ru: "Больше пяти вариантов в одном меню; цифры шкалы (от 0 до 10) считаются за один.",
    },
    node: "ask",
    breaks: wide(6, (index) => (index % 2 === 0 ? "people" : "end")),
    near: wide(9, () => "people"),
  },
  {
    code: "no-way-to-person",
    what: {
      en: "A voice menu in which callers cannot reach a person within three choices. Surveys and notifications, by their calling passport, are exempt.",
      ru: "Меню, из которого за три выбора не попасть к человеку. Опросы и уведомления (по паспорту) не в счёт.",
    },
    node: "ask",
    breaks: (flow) => (flow.nodes["people"] = say("end")),
    near(flow) {
      flow.nodes["people"] = say("end");
      flow.passport = { purpose: "survey" };
      begin({ stop: node("list", { list: "dnc", action: "add" }, { ok: "say" }) })(flow);
    },
  },
  {
    code: "asks-known",
    what: {
      en: "The flow asks for a phone number that caller ID already shows, or asks the same question twice.",
      ru: "Спрашивает номер, который и так виден, или одно и то же дважды.",
    },
    node: "phone",
    breaks: begin({ phone: digits("say", { validate: "phone" }) }),
    near: both(begin({ other: say("phone", "yours"), phone: digits("say", { validate: "phone" }) }), text("yours", "Ваш номер {{ caller.number }}?")),
  },
  {
    code: "silence-loops",
    what: { en: "No input leads back to the same question forever.", ru: "Молчание без конца возвращает к тому же вопросу." },
    node: "ask",
    breaks: (flow) => (flow.nodes["ask"]!.exits["noInput"] = "say"),
    near: both(
      (flow) => (flow.nodes["ask"]!.exits["noInput"] = "turn"),
      (flow) => (flow.nodes["turn"] = node("loop", { times: 2 }, { again: "say", done: "end" })),
    ),
  },
  {
    code: "long-prompt",
    what: { en: "More than 20 seconds of speech in one prompt.", ru: "Больше 20 секунд речи в одной фразе." },
    node: "say",
    breaks: text("hello", `{{ inputs.age }} ${"а".repeat(320)}`),
    near: text("hello", `{{ inputs.age }} ${"а".repeat(280)}`),
  },
  {
    code: "step-length",
    what: { en: "A step has more than 350 characters for the operator to say.", ru: "Больше 350 знаков речи на одном шаге оператора." },
    node: "say",
    breaks: step(400),
    near: step(350),
  },
  {
    code: "no-repeat",
    what: { en: "A long menu without a repeat key.", ru: "Длинное меню без клавиши «повторить»." },
    node: "ask",
    breaks: both(
      wide(4, (index) => (index % 2 === 0 ? "people" : "end")),
      (flow) => delete flow.nodes["ask"]!.config["repeatKey"],
    ),
    near: wide(4, (index) => (index % 2 === 0 ? "people" : "end")),
  },
  {
    code: "no-speech-alternative",
    what: { en: "Menus that accept keys only. Reported once per flow.", ru: "Меню, где ответить можно только клавишами; говорится один раз на сценарий." },
    node: "ask",
    breaks: (flow) => (flow.nodes["ask"]!.config["choices"] = [{ key: "1" }]),
    near: (flow) => (flow.nodes["other"] = menu("people")),
  },
];

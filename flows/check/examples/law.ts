import { begin, node, say, strategy, type Change, type Example } from "./example.ts";

/** A strategy with changes. */
const dialling =
  (...changes: Change[]): Change =>
  (flow) => {
    strategy(flow);
    changes.forEach((change) => change(flow));
  };
const purpose =
  (name: string): Change =>
  (flow) =>
    (flow.passport!.purpose = name);
const machine =
  (words: string): Change =>
  (flow) => {
    begin({
      who: node("amd", {}, { human: "say", machine: "left", fax: "end", silence: "say", error: "end" }),
      left: say("end", "left"),
    })(flow);
    flow.prompts["left"] = { ru: words, en: words };
  };

export const lawExamples: readonly Example[] = [
  {
    code: "passport-missing",
    what: { en: "A strategy without a purpose, a consent basis or a label.", ru: "Обзвон без цели, основания или подписи вызова." },
    node: null,
    breaks: dialling((flow) => delete flow.passport),
    near: dialling(),
  },
  {
    code: "label-too-long",
    what: { en: "A call label longer than 32 characters.", ru: "Подпись вызова длиннее 32 знаков." },
    node: null,
    breaks: dialling((flow) => (flow.passport!.label = "м".repeat(33))),
    near: dialling((flow) => (flow.passport!.label = "м".repeat(32))),
  },
  {
    code: "advertising-by-autodialler",
    what: { en: "Advertising that is dialled or played automatically, without an operator.", ru: "Реклама автодозвоном или голосом автомата, без оператора." },
    node: "operator",
    breaks: dialling(
      purpose("advertising"),
      (flow) => (flow.nodes["operator"] = node("run-flow", { flow: "promo" }, { completed: "end", hungup: "end", error: "end" })),
    ),
    near: dialling(purpose("advertising")),
  },
  {
    code: "attempt-limits",
    what: {
      en: "Unlimited attempts; for debts, more or earlier attempts than the law allows.",
      ru: "Попытки без счёта; для долга — больше или чаще, чем можно.",
    },
    node: "call",
    breaks: dialling((flow) => (flow.nodes["again"] = node("wait-until", { mode: "delay", minutes: 60 }, { next: "hours" }))),
    near: dialling(purpose("debt")),
  },
  {
    code: "attempt-limits",
    what: { en: "", ru: "" },
    node: "again",
    severity: "error",
    breaks: dialling(purpose("debt"), (flow) => (flow.nodes["again"]!.config["maxAttempts"] = 9)),
    near: dialling(purpose("debt"), (flow) => (flow.nodes["again"]!.config["maxAttempts"] = 8)),
  },
  {
    code: "calling-hours",
    what: { en: "A call that may go out at any hour.", ru: "Звонок без оглядки на часы." },
    node: "call",
    breaks: dialling((flow) => (flow.start = "call")),
    near: dialling(),
  },
  {
    code: "no-opt-out",
    what: { en: "An automated call that gives people no way to opt out.", ru: "Звонит автомат, и отказаться от звонков нельзя." },
    node: "say",
    breaks: (flow) => (flow.passport = { purpose: "reminder" }),
    near(flow) {
      flow.passport = { purpose: "reminder" };
      flow.nodes["ask"]!.exits["invalid"] = "stop";
      flow.nodes["stop"] = node("list", { list: "do-not-call", action: "add" }, { ok: "end" });
    },
  },
  {
    code: "machine-message-private",
    what: { en: "Personal data left on an answering machine.", ru: "Автоответчику называют личные данные." },
    node: "left",
    breaks: machine("{{ contact.name }}, ваш долг {{ contact.debt }}"),
    near: machine("Перезвоните, пожалуйста, в «Ромашку». Вам {{ inputs.age }}"),
  },
  {
    code: "slow-connect",
    what: { en: "The answering party waits more than two seconds for an operator.", ru: "Ответивший ждёт оператора дольше двух секунд." },
    node: "operator",
    breaks: dialling((flow) => (flow.nodes["operator"]!.config["maxSeconds"] = 10)),
    near: dialling((flow) => (flow.nodes["operator"]!.config["maxSeconds"] = 2)),
  },
];

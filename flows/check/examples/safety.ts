import { begin, digits, http, menu, node, queue, say, type Change, type Example } from "./example.ts";

const secret = (next: string) => digits(next, { saveAs: "card", masked: true });
/** A secret answer, then a phrase with these words. */
const spoken =
  (words: string): Change =>
  (flow) => {
    begin({ card: secret("told"), told: say("say", "told") })(flow);
    flow.prompts["told"] = { ru: words, en: words };
  };
/** A number asked for, a menu, then a request that carries the number. */
const later: Change = (flow) => {
  begin({ number: digits("more"), more: menu("send"), send: http({ method: "POST", body: "{{ vars.number }}" }, { ok: "say" }) })(flow);
};

export const safetyExamples: readonly Example[] = [
  {
    code: "secret-logged",
    what: {
      en: "A secret answer stored or sent as plain text: in a milestone, a result, a message, a URL or a request without https.",
      ru: "Секретный ответ сохраняется открыто: в вехе, результате, сообщении, адресе или уходит без https.",
    },
    node: "mark",
    breaks: begin({ card: secret("mark"), mark: node("milestone", { name: "paid", data: { card: "vars.card" } }, { next: "say" }) }),
    near: begin({ card: secret("mark"), mark: node("milestone", { name: "paid", data: { length: "size(vars.card)" } }, { next: "say" }) }),
  },
  {
    code: "secret-spoken",
    what: { en: "A secret answer that is spoken aloud.", ru: "Секретный ответ звучит вслух." },
    node: "told",
    breaks: spoken("{{ digits(vars.card) }}"),
    near: spoken("{{ digits(vars.card.substring(12)) }}"),
  },
  {
    code: "loses-data-on-hangup",
    what: {
      en: "Answers that are lost if the caller hangs up before they are sent.",
      ru: "Ответы, которые уйдут только потом; если трубку положат раньше, их никто не отправит.",
    },
    node: "send",
    breaks: later,
    near(flow) {
      later(flow);
      Object.assign(flow.nodes, { gone: node("on-hangup", {}, { next: "late" }), late: http({ method: "POST", body: "{{ vars.number }}" }) });
    },
  },
  {
    code: "worst-case-duration",
    what: {
      en: "In the worst case, more than 15 minutes before a person or the end of the call.",
      ru: "В худшем случае больше 15 минут до человека или конца.",
    },
    node: "wait",
    breaks: begin({ wait: node("wait", { seconds: 600 }, { next: "more" }), more: node("wait", { seconds: 400 }, { next: "say" }) }),
    near: begin({ wait: node("wait", { seconds: 400 }, { next: "more" }), more: node("wait", { seconds: 400 }, { next: "say" }) }),
  },
  {
    code: "http-no-error-path",
    what: { en: "A request whose failure ends the call with an apology.", ru: "Запрос, из-за сбоя которого звонок кончится извинением." },
    node: "get",
    breaks(flow) {
      begin({ get: http({}, { ok: "say" }) })(flow);
      delete flow.nodes["get"]!.exits["error"];
    },
    near(flow) {
      begin({ get: http({}, { ok: "say" }) })(flow);
      delete flow.nodes["get"]!.exits["error"];
      flow.nodes["trouble"] = node("on-error", {}, { next: "end" });
    },
  },
  {
    code: "no-timeout-exit",
    what: { en: "A limited wait whose timeout exit is not connected.", ru: "Ожидание кончилось, а выхода для этого нет." },
    node: "line",
    breaks(flow) {
      begin({ line: queue() })(flow);
      flow.nodes["line"]!.exits = { answered: "end", full: "end", closed: "say" };
    },
    near(flow) {
      begin({ line: queue() })(flow);
      flow.nodes["line"]!.exits = { answered: "end", full: "end", closed: "say", error: "say" };
    },
  },
  {
    code: "plain-http",
    what: { en: "A URL outside the private network without encryption.", ru: "Адрес вне своей сети без шифрования." },
    node: "get",
    breaks: begin({ get: http({ url: "http://crm.example/" }, { ok: "say" }) }),
    near: begin({ get: http({ url: "http://127.0.0.1:8080/" }, { ok: "say" }) }),
  },
  {
    code: "record-without-notice",
    what: { en: "The call is recorded, but the caller is not told.", ru: "Разговор записывается, а звонящему об этом не сказали." },
    node: "begin",
    breaks: begin({ begin: node("start", { record: true }, { next: "say" }) }),
    near(flow) {
      begin({ begin: node("start", { record: true }, { next: "say" }) })(flow);
      flow.prompts["hello"] = { ru: "Вам {{ inputs.age }}. Разговор записывается.", en: "You are {{ inputs.age }}. This call is recorded." };
    },
  },
  {
    code: "not-available",
    what: {
      en: "A node that works only in the simulator so far.",
      ru: "Узел, который пока работает только в проверке звонком.",
    },
    node: "line",
    environment: { missingCommands: ["queue"] },
    breaks: begin({ line: queue({ timeout: "say" }) }),
    near: () => undefined,
  },
];

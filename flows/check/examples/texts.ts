import { begin, node, say, set, type Example } from "./example.ts";

export const textExamples: readonly Example[] = [
  {
    code: "syntax-error",
    what: { en: "An expression that cannot be parsed, with the position of the error.", ru: "Выражение не читается; показано место." },
    node: "say",
    breaks: (flow) => (flow.prompts["hello"]!["en"] = "{{ inputs.age = 18 ? 'a' : 'b' }}"),
    near: (flow) => (flow.prompts["hello"]!["en"] = "{{ inputs.age + 1 }}"),
  },
  {
    code: "unknown-variable",
    what: { en: "A variable or input that is neither declared nor set.", ru: "Переменная, которую никто не объявляет и не сохраняет." },
    node: "say",
    breaks: (flow) => (flow.prompts["hello"]!["en"] = "{{ vars.choise }}"),
    near: (flow) => (flow.prompts["hello"]!["en"] = "{{ vars.choice }} {{ contact.anything }}"),
  },
  {
    code: "type-error",
    what: { en: "Incompatible types, or a condition that does not give yes or no.", ru: "Типы не сочетаются, или условие не даёт да/нет." },
    node: "say",
    breaks: (flow) => (flow.prompts["hello"]!["en"] = "{{ inputs.age + ' years' }}"),
    near: (flow) => (flow.prompts["hello"]!["en"] = "{{ string(inputs.age) + ' years' }}"),
  },
  {
    code: "contact-number",
    what: {
      en: "A contact column used as a number. In older lists every column is text.",
      ru: "Столбец контакта стоит там, где нужно число: в старых списках все столбцы — текст.",
    },
    node: "owes",
    breaks: begin({ owes: node("condition", { when: "contact.debt > 1000" }, { yes: "say", no: "end" }) }),
    near: begin({ owes: node("condition", { when: "number(contact.debt) > 1000 && contact.city > 'A'" }, { yes: "say", no: "end" }) }),
  },
  {
    code: "not-a-choice",
    what: {
      en: "An input compared with a value that is not one of its choices.",
      ru: "Поле с вариантами сравнивается со значением, которого среди них нет.",
    },
    node: "say",
    breaks(flow) {
      flow.inputs["age"] = { type: "number", options: [{ value: 18 }, { value: 21 }] };
      flow.prompts["hello"]!["en"] = "{{ inputs.age in [18, 20] ? 'a' : 'b' }}";
    },
    near(flow) {
      flow.inputs["age"] = { type: "number", options: [{ value: 18 }, { value: 21 }] };
      flow.prompts["hello"]!["en"] = "{{ inputs.age == 21 ? 'a' : 'b' }}";
    },
  },
  {
    code: "variable-before-set",
    what: { en: "A variable that is read before any path has set it.", ru: "Переменная читается там, где её ещё ни один путь не задал." },
    node: "early",
    breaks(flow) {
      begin({ early: say("late", "early"), late: set("say", "total", "1") })(flow);
      flow.variables["total"] = { type: "number" };
      flow.prompts["early"] = { ru: "{{ vars.total }}", en: "{{ vars.total }}" };
    },
    near(flow) {
      begin({ late: node("condition", { when: "inputs.age > 1" }, { yes: "sum", no: "early" }), sum: set("early", "total", "1"), early: say("say", "early") })(
        flow,
      );
      flow.prompts["early"] = { ru: "{{ vars.total }}", en: "{{ vars.total }}" };
    },
  },
  {
    code: "unclosed-braces",
    what: { en: "`{{` without `}}` in a prompt.", ru: "`{{` без `}}` в тексте." },
    node: null,
    breaks: (flow) => (flow.prompts["hello"]!["en"] = "You are {{ inputs.age years old"),
    near: (flow) => (flow.prompts["hello"]!["en"] = "You are {{ {'a': inputs.age}.a }}"),
  },
  {
    code: "missing-prompt",
    what: { en: "A prompt that does not exist or is empty in one of the flow languages.", ru: "Текста нет, или он пуст на одном из языков сценария." },
    node: "say",
    breaks: (flow) => delete flow.prompts["hello"]!["en"],
    near(flow) {
      delete flow.prompts["hello"]!["en"];
      delete flow.prompts["ask"]!["en"];
      flow.languages = ["ru"];
    },
  },
  {
    code: "outcome-not-declared",
    what: { en: "A flow that ends with an undeclared outcome.", ru: "Сценарий кончается итогом, которого нет в его списке." },
    node: "end",
    breaks: (flow) => (flow.outcomes = []),
    near: (flow) => (flow.nodes["end"]!.config = {}),
  },
  {
    code: "no-voice",
    what: {
      en: "A text without a recording in a language that no installed voice supports. Checked in the editor and on publishing only.",
      ru: "Текст без записи на языке, для которого нет голоса. Только в редакторе и при публикации.",
    },
    node: "say",
    environment: { voices: ["ru"] },
    nearEnvironment: { voices: ["ru", "en"] },
    breaks: () => undefined,
    near: () => undefined,
  },
  {
    code: "unused-variable",
    what: { en: "A declared input or variable that is never used.", ru: "Объявленная настройка или переменная, которая нигде не нужна." },
    node: null,
    breaks: (flow) => (flow.inputs["spare"] = { type: "string" }),
    near: (flow) => (flow.variables["choice"] = { type: "string" }),
  },
  {
    code: "unused-prompt",
    what: { en: "A prompt that no node plays.", ru: "Текст, который нигде не звучит." },
    node: null,
    breaks: (flow) => (flow.prompts["extra"] = { ru: "х", en: "x" }),
    near(flow) {
      flow.prompts["extra"] = { ru: "х", en: "x" };
      flow.nodes["ask"]!.config["invalidPrompt"] = "extra";
    },
  },
  {
    code: "unused-outcome",
    what: { en: "A declared outcome that cannot be reached.", ru: "Объявленный итог, до которого нельзя дойти." },
    node: null,
    breaks: (flow) => flow.outcomes.push("never"),
    near(flow) {
      flow.outcomes.push("sold");
      begin({ mark: node("outcome", { outcome: "sold" }, { next: "say" }) })(flow);
    },
  },
];

// Writes docs/{en,ru}/nodes.md and checks.md from the code: node.md, the form schemas, cases.json, and the rules run on small bad flows.
//   npx node scripts/build-docs.mjs            writes
//   npx node scripts/build-docs.mjs --check    exits 1 when a file is not up to date
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkFlow, rules } from "../flows/check/index.ts";
import { exitsOf, nodeGroups } from "../flows/nodes/define-node.ts";
import { nodeList } from "../flows/nodes/index.ts";
import { formOf } from "../flows/schema/fields.ts";
import { parseFlow } from "../flows/schema/parse-flow.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const read = (...path) => readFileSync(join(root, ...path), "utf8");

const words = {
  en: {
    generated: "<!-- Written by scripts/build-docs.mjs. Change flows/nodes/<type>/ and run it again. -->",
    nodes: "# Nodes",
    intro:
      "Every node also has the exit `error`: an unwired `noInput`, `invalid` or `timeout` falls to it, and an unwired `error` means an apology and the end of the call. A disabled node leaves by its first exit.",
    kinds: { ivr: "voice menu", script: "operator script", strategy: "dialling" },
    in: "In",
    exits: "Exits",
    fromConfig: "its own (keys, cases, answers)",
    none: "none: it ends the flow",
    saves: "",
    head: "| field | what | default |\n| --- | --- | --- |",
    cases: "Proved by",
    required: "required",
    more: "under «More settings»",
    yes: "yes",
    no: "no",
    of: "each:",
    groups: {
      talk: "Talk",
      listen: "Listen",
      logic: "Logic",
      time: "Time",
      data: "Data",
      people: "People",
      outbound: "Outbound",
      operator: "Operator",
      end: "End",
    },
    type: {
      prompt: "prompt",
      expression: "CEL expression",
      template: "text with `{{ }}`",
      text: "text",
      number: "number",
      flag: "yes/no",
      choice: "one of",
      name: "name of a variable",
      symbol: "name in this installation",
      list: "list",
      pairs: "name–value pairs",
      digits: "keys",
    },
    checksTitle: "# Checks",
    checksIntro:
      "The check runs while you draw, on `npx sufler check`, and before publishing. **Errors** forbid publishing; **warnings** and notes do not. The messages below are real: each rule was run on a small flow that breaks it.",
    checksHead: "| code | severity | what it looks for | what it says |\n| --- | --- | --- | --- |",
    severity: { error: "error", warning: "warning", info: "note" },
    door: "Before any rule the document itself is read. A file that is not a flow gets `not-json`, `malformed` (with the path of the wrong value) or `too-large`. A rule that fails by a bug is reported as `check-failed` and the others still run.",
  },
  ru: {
    generated: "<!-- Пишет scripts/build-docs.mjs. Меняйте flows/nodes/<тип>/ и запускайте его снова. -->",
    nodes: "# Узлы",
    intro:
      "У каждого узла есть ещё выход `error`: в него уходят несоединённые `noInput`, `invalid` и `timeout`; если не соединён и он, звонящий слышит извинение и звонок кончается. Выключенный узел выходит первым своим выходом.",
    kinds: { ivr: "голосовое меню", script: "сценарий оператора", strategy: "обзвон" },
    in: "Где",
    exits: "Выходы",
    fromConfig: "свои (клавиши, случаи, ответы)",
    none: "нет: узел завершает сценарий",
    saves: "",
    head: "| поле | что это | по умолчанию |\n| --- | --- | --- |",
    cases: "Проверено",
    required: "обязательно",
    more: "в «Ещё настройки»",
    yes: "да",
    no: "нет",
    of: "в каждом:",
    groups: {
      talk: "Говорить",
      listen: "Слушать",
      logic: "Логика",
      time: "Время",
      data: "Данные",
      people: "Люди",
      outbound: "Исходящие",
      operator: "Оператор",
      end: "Конец",
    },
    type: {
      prompt: "текст, который звучит",
      expression: "выражение CEL",
      template: "текст с `{{ }}`",
      text: "текст",
      number: "число",
      flag: "да/нет",
      choice: "одно из",
      name: "имя переменной",
      symbol: "имя в этой установке",
      list: "список",
      pairs: "пары имя–значение",
      digits: "клавиши",
    },
    checksTitle: "# Проверки",
    checksIntro:
      "Проверка идёт, пока вы рисуете, в `npx sufler check` и перед публикацией. **Ошибки** не дают опубликовать; **предупреждения** и заметки — дают. Сообщения ниже настоящие: каждое правило запущено на маленьком сценарии, который его нарушает.",
    checksHead: "| код | строгость | что ищет | что говорит |\n| --- | --- | --- | --- |",
    severity: { error: "ошибка", warning: "предупреждение", info: "заметка" },
    door: "Раньше всех правил читается сам документ. Файл, который не похож на сценарий, получает `not-json`, `malformed` (с путём неверного значения) или `too-large`. Если правило упало из-за ошибки в программе, это видно как `check-failed`, остальные правила работают.",
  },
};

const cell = (text) => String(text).replace(/\|/g, "\\|").replace(/\n/g, "<br>");

function section(markdown, language) {
  return (new RegExp(`^## ${language}\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, "m").exec(markdown)?.[1] ?? "").trim();
}

function typeOf(field, language) {
  const { type } = words[language];
  const options = field.options ? ` ${field.options.map((option) => `\`${option.value}\` (${option.title[language]})`).join(", ")}` : "";
  const range = field.kind === "number" ? rangeOf(field) : "";
  const symbol = field.symbol ? ` (${field.symbol})` : "";
  const items = field.items ? `; ${words[language].of} ${field.items.map((item) => `\`${item.name}\` (${item.title[language]})`).join(", ")}` : "";
  return `${type[field.kind]}${options}${range}${field.unit ? ` ${{ en: field.unit, ru: { s: "с", min: "мин", ms: "мс" }[field.unit] ?? field.unit }[language]}` : ""}${symbol}${items}`;
}

function rangeOf({ min, max }) {
  return max === undefined || max > 1e12 ? "" : ` ${min ?? 0}–${max}`;
}

function defaultOf(field, language) {
  const value = field.default;
  if (value === undefined) return field.required ? words[language].required : "";
  if (typeof value === "boolean") return value ? words[language].yes : words[language].no;
  if (value === "" || (typeof value === "object" && Object.keys(value).length === 0)) return "";
  return `\`${typeof value === "object" ? JSON.stringify(value) : value}\``;
}

function fieldRow(field, language) {
  const help = field.help ? ` — ${field.help[language]}` : "";
  const more = field.advanced ? ` (${words[language].more})` : "";
  return `| \`${field.name}\` | ${cell(`**${field.title[language]}**: ${typeOf(field, language)}${help}${more}`)} | ${cell(defaultOf(field, language))} |`;
}

function exitsText(definition, language) {
  const w = words[language];
  if (definition.final) return w.none;
  if (typeof definition.exits !== "function") return definition.exits.map((exit) => `\`${exit}\``).join(", ") || "—";
  return (
    exitsByConfig[definition.type]?.[language] ??
    [w.fromConfig, ...exitsOf(definition, { choices: [], cases: [], answers: [], ...defaultsOf(definition) }).map((exit) => `\`${exit}\``)].join(", ")
  );
}

/** Exits that depend on the form, in words. */
const exitsByConfig = {
  menu: { en: "one per key, then `noInput`, `invalid`", ru: "по одному на клавишу, затем `noInput`, `invalid`" },
  switch: { en: "one per case, then `default`", ru: "по одному на случай, затем `default`" },
  step: { en: "one per answer, or `next` when there are no answers", ru: "по одному на ответ, а без ответов — `next`" },
  list: { en: "`found`, `notFound` for a check; `ok` for add and remove", ru: "`found`, `notFound` при проверке; `ok` при добавлении и удалении" },
  transfer: {
    en: "`ok`, `busy`, `noAnswer`, `rejected` for dial and bridge; `ok`, `rejected` for blind",
    ru: "`ok`, `busy`, `noAnswer`, `rejected`, если дозвониться и соединить; `ok`, `rejected`, если вслепую",
  },
  "wait-until": { en: "`next`, and `exhausted` by the retry rule", ru: "`next`, а по правилу повторов ещё `exhausted`" },
};

const defaultsOf = (definition) =>
  Object.fromEntries(
    formOf(definition.config)
      .filter((field) => field.default !== undefined)
      .map((field) => [field.name, field.default]),
  );

function nodePart(definition, language) {
  const w = words[language];
  const folder = ["flows", "nodes", definition.type];
  const { cases } = JSON.parse(read(...folder, "cases.json"));
  const form = formOf(definition.config);
  return [
    `### ${definition.title[language]} · \`${definition.type}\``,
    section(read(...folder, "node.md"), language),
    `${w.in}: ${definition.kinds.map((kind) => w.kinds[kind]).join(", ")}. ${w.exits}: ${exitsText(definition, language)}.`,
    ...(form.length > 0 ? [[w.head, ...form.map((field) => fieldRow(field, language))].join("\n")] : []),
    `${w.cases}: ${cases.map((each) => each.title[language]).join("; ")}.`,
  ].join("\n\n");
}

function nodesPage(language) {
  const w = words[language];
  const groups = nodeGroups.filter((group) => nodeList.some((definition) => definition.group === group));
  const parts = groups.flatMap((group) => [
    `## ${w.groups[group]}`,
    ...nodeList.filter((definition) => definition.group === group).map((definition) => nodePart(definition, language)),
  ]);
  return `${[w.generated, w.nodes, w.intro, ...parts].join("\n\n")}\n`;
}

// --- checks ---

const hangup = { type: "hangup", config: { outcome: "done" }, exits: {} };
const menuExits = (to) => ({ 1: to, noInput: "end", invalid: "end" });
const menu = (to) => ({ type: "menu", config: { prompt: "ask", choices: [{ key: "1", value: "" }] }, exits: menuExits(to) });

/** A flow without faults; each rule below breaks one thing in it. */
const good = () => ({
  sufler: 2,
  id: "example",
  kind: "ivr",
  title: {},
  languages: ["ru", "en"],
  outcomes: ["done"],
  inputs: { age: { type: "number" } },
  prompts: { hello: { ru: "Здравствуйте", en: "Hello" }, ask: { ru: "Да?", en: "Yes?" } },
  start: "say",
  nodes: { say: { type: "say", config: { prompt: "hello" }, exits: { next: "ask" } }, ask: menu("end"), end: hangup },
});

const checks = {
  "missing-start": { en: "The first node is not there.", ru: "Нет первого узла.", change: (flow) => (flow.start = "nowhere") },
  "unknown-node": {
    en: "A node type that does not exist or does not belong to this kind of flow.",
    ru: "Такого типа узла нет, или он не для этого вида сценария.",
    change: (flow) => (flow.nodes.say.type = "sya"),
  },
  "malformed-config": {
    en: "A form that is not filled in, or filled in wrongly.",
    ru: "Форма узла не заполнена или заполнена неверно.",
    change: (flow) => (flow.nodes.ask.config.attempts = 99),
  },
  "dangling-exit": {
    en: "An exit that has to be connected and is not, or leads to a node that is gone.",
    ru: "Выход, который нужно соединить, не соединён или ведёт в удалённый узел.",
    change: (flow) => (flow.nodes.say.exits = {}),
  },
  "unknown-exit": {
    en: "A connection from an exit that the node no longer has.",
    ru: "Связь из выхода, которого у узла больше нет.",
    change: (flow) => (flow.nodes.ask.exits["7"] = "end"),
  },
  "input-exits": {
    en: "A question without a way out for silence or mistakes.",
    ru: "Вопрос, у которого некуда уйти молчанию и ошибке.",
    change: (flow) => delete flow.nodes.ask.exits.noInput,
  },
  "no-path-to-end": {
    en: "A node from which the flow can never end by itself.",
    ru: "Узел, из которого сценарий сам никогда не кончится.",
    change: (flow) => (flow.nodes.say.exits.next = "say"),
  },
  "silent-cycle": {
    en: "A circle of nodes none of which waits.",
    ru: "Круг из узлов, ни один из которых не ждёт.",
    change: (flow) => (flow.nodes.a = { type: "set", config: { assign: [{ name: "x", value: "1" }] }, exits: { next: "a" } }),
  },
  "duplicate-key": {
    en: "The same key, exit or field twice in one node.",
    ru: "Одна клавиша, выход или поле дважды в одном узле.",
    change: (flow) => (flow.nodes.ask.config.choices = [{ key: "1" }, { key: "1" }]),
  },
  "one-on-hangup": {
    en: 'More than one "On hang-up" node.',
    ru: "Больше одного узла «Если положили трубку».",
    change: (flow) =>
      Object.assign(flow.nodes, {
        h0: { type: "on-hangup", config: {}, exits: { next: "end" } },
        h1: { type: "on-hangup", config: {}, exits: { next: "end" } },
      }),
  },
  "syntax-error": {
    en: "An expression that cannot be read, with the place.",
    ru: "Выражение не читается; показано место.",
    change: (flow) => (flow.prompts.hello.en = "{{ 1 + }}"),
  },
  "unknown-variable": {
    en: "A variable or input that nothing declares or saves.",
    ru: "Переменная, которую никто не объявляет и не сохраняет.",
    change: (flow) => (flow.prompts.hello.en = "{{ vars.nobody }}"),
  },
  "type-error": {
    en: "Types that do not go together, or a condition that is not yes/no.",
    ru: "Типы не сочетаются, или условие не даёт да/нет.",
    change: (flow) => (flow.prompts.hello.en = "{{ inputs.age + ' years' }}"),
  },
  "unclosed-braces": {
    en: "`{{` without `}}` in a prompt.",
    ru: "`{{` без `}}` в тексте.",
    change: (flow) => (flow.prompts.hello.en = "You are {{ inputs.age years old"),
  },
  "missing-prompt": {
    en: "A prompt that does not exist, or is empty in one of the flow's languages.",
    ru: "Текста нет, или он пуст на одном из языков сценария.",
    change: (flow) => delete flow.prompts.hello.en,
  },
  "unknown-symbol": {
    en: "A list, calendar, trunk or flow that this installation does not have. Checked in the editor and at publishing; the command line does not know the installation.",
    ru: "Список, календарь, транк или сценарий, которого нет в этой установке. Проверяется в редакторе и при публикации: командная строка об установке не знает.",
    environment: { lists: ["vip"] },
    change: (flow) => (flow.nodes.list = { type: "list", config: { list: "vpi" }, exits: { found: "end", notFound: "end" } }),
  },
  "outcome-not-declared": {
    en: "A flow ends with an outcome that is not on its list.",
    ru: "Сценарий кончается итогом, которого нет в его списке.",
    change: (flow) => (flow.outcomes = []),
  },
  "unreachable-node": { en: "A node that no path leads to.", ru: "Узел, в который нельзя попасть.", change: (flow) => (flow.nodes.lost = hangup) },
  "menu-depth": {
    en: "More than three menus in a row.",
    ru: "Больше трёх меню подряд.",
    change: (flow) => Object.assign(flow.nodes, { ask: menu("m1"), m1: menu("m2"), m2: menu("m3"), m3: menu("end") }),
  },
  "menu-options": {
    en: "More than five options in a menu.",
    ru: "Больше пяти вариантов в одном меню.",
    change: (flow) => (flow.nodes.ask.config.choices = [..."123456"].map((key) => ({ key }))),
  },
  "step-length": {
    en: "More than 350 characters for the operator to say on one step.",
    ru: "Больше 350 знаков речи на одном шаге оператора.",
    change: longStep,
  },
  "no-voice": {
    en: "A text without a recording in a language that no installed voice speaks. Editor and publishing only.",
    ru: "Текст без записи на языке, для которого нет голоса. Только в редакторе и при публикации.",
    environment: { voices: ["ru"] },
    change: () => undefined,
  },
  "unused-prompt": { en: "A prompt that no node plays.", ru: "Текст, который нигде не звучит.", change: (flow) => (flow.prompts.extra = { ru: "х", en: "x" }) },
  "unused-outcome": {
    en: "A declared outcome that nothing reaches.",
    ru: "Объявленный итог, до которого нельзя дойти.",
    change: (flow) => flow.outcomes.push("never"),
  },
};

function longStep(flow) {
  flow.kind = "script";
  flow.prompts.hello.en = "a".repeat(400);
  flow.nodes = { say: { type: "step", config: { say: "hello" }, exits: { next: "end" } }, end: { type: "finish", config: { outcome: "done" }, exits: {} } };
}

function issueOf(code, { change, environment = {} }) {
  const flow = good();
  change(flow);
  const parsed = parseFlow(flow);
  const issue = parsed.flow && checkFlow(parsed.flow, environment).find((each) => each.code === code);
  if (!issue) throw new Error(`the example of ${code} in scripts/build-docs.mjs does not break that rule`);
  return issue;
}

function checksPage(language) {
  const w = words[language];
  const rows = rules.map(({ code, severity }) => {
    const check = checks[code];
    if (!check) throw new Error(`scripts/build-docs.mjs has no text for the rule ${code}`);
    const message = issueOf(code, check)
      .message[language].split("\n")
      .map((line) => (line.includes("^") ? `\`${line.replace(/ /g, "\u00A0")}\`` : line));
    return `| \`${code}\` | ${w.severity[severity]} | ${cell(check[language])} | ${cell(message.join("\n"))} |`;
  });
  return `${[w.generated, w.checksTitle, w.checksIntro, [w.checksHead, ...rows].join("\n"), w.door].join("\n\n")}\n`;
}

const pages = ["en", "ru"].flatMap((language) => [
  { file: join("docs", language, "nodes.md"), text: nodesPage(language) },
  { file: join("docs", language, "checks.md"), text: checksPage(language) },
]);
const stale = pages.filter(({ file, text }) => !existsSync(join(root, file)) || read(file) !== text);
if (process.argv.includes("--check")) {
  for (const { file } of stale) console.log(`${file} is not up to date: npx node scripts/build-docs.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { file, text } of stale) writeFileSync(join(root, file), text);
  console.log(stale.length > 0 ? `written: ${stale.map(({ file }) => file).join(", ")}` : "up to date");
}

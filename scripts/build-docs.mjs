// Writes docs/{en,ru}/nodes.md and checks.md and the table in templates.md from the code: node.md, the form schemas, cases.json, and the rules run on small bad flows.
//   npx node scripts/build-docs.mjs            writes
//   npx node scripts/build-docs.mjs --check    exits 1 when a file is not up to date
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { examples, goodFlow } from "../flows/check/examples/index.ts";
import { checkFlow, rulesByGroup } from "../flows/check/index.ts";
import { laws } from "../flows/check/law/laws.ts";
import { ownWeights, scoreBounds, scoreWeights } from "../flows/check/score.ts";
import { exitsOf, nodeGroups } from "../flows/nodes/define-node.ts";
import { nodeList } from "../flows/nodes/index.ts";
import { formOf } from "../flows/schema/fields.ts";
import { parseFlow } from "../flows/schema/parse-flow.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const quoted = (text, language) => (language === "ru" ? `«${text}»` : `“${text}”`);
const read = (...path) => readFileSync(join(root, ...path), "utf8");

const words = {
  en: {
    generated: "<!-- Written by scripts/build-docs.mjs. Change flows/nodes/<type>/ and run it again. -->",
    nodes: "# Nodes",
    templateKinds: { ivr: "## Voice menus", script: "## Operator scripts", strategy: "## Dialling strategies" },
    templateHead: "| template | description | conversations |\n| --- | --- | --- |",
    intro:
      "Every node also has the exit `error`: an unconnected `noInput`, `invalid` or `timeout` exit falls through to it. If `error` is not connected either, the call plays an apology and ends. A disabled node leaves by its first exit.",
    kinds: { ivr: "voice menu", script: "operator script", strategy: "dialling strategy" },
    in: "Used in",
    exits: "Exits",
    fromConfig: "from its settings (keys, cases, answers)",
    none: "none: the node ends the flow",
    saves: "",
    head: "| field | description | default |\n| --- | --- | --- |",
    cases: "Tested for",
    required: "required",
    more: "under “More settings”",
    orExpression: " or a CEL expression",
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
      name: "variable name",
      symbol: "name in this installation",
      list: "list",
      pairs: "name–value pairs",
      digits: "keys",
    },
    checksTitle: "# Checks",
    checksIntro:
      "The check runs while you edit, with `npx sufler check`, and before publishing. **Errors** block publishing; **warnings** and notes do not. The messages below are real: each one comes from a small flow that breaks the rule.",
    generatedChecks: "<!-- Written by scripts/build-docs.mjs. Change flows/check/ and run it again. -->",
    checksHead: "| code | severity | problem | message | fix |\n| --- | --- | --- | --- | --- |",
    ruleGroups: {
      structure: "Structure",
      texts: "Texts and variables",
      callers: "Caller experience",
      safety: "Data and safety",
      law: "Calling regulations",
    },
    fixes:
      "Many messages offer a fix: one click on the Problems tab, one step to undo. A fix does not write texts for you, with one exception that it states: a missing language gets a copy of the other language for you to translate.",
    scoreTitle: "## Score",
    score: ({ withErrors, withWarning }) =>
      `A flow is scored from 0 to 100, like a page-speed score: 100 minus the points below. Each message costs the points of its severity or its rule. One rule costs at most the points in the last column, so forty missing translations do not hide other problems. **With an error, the score is at most ${withErrors}; with a warning, at most ${withWarning}.** The same flow always gets the same score. The top bar of the designer and the publish dialog show the score, and \`npx sufler check\` prints it.`,
    scoreHead: "| severity | points each | maximum per rule |\n| --- | --- | --- |",
    scoreOwn: "Rules with their own weight:",
    scoreOwnHead: "| code | points each |\n| --- | --- |",
    lawTitle: "## Regulations behind the rules",
    law: "The rules read the calling passport of the flow: `passport: { purpose, consent, label }`. They are engineering input, not legal advice. The calling rules of a campaign check hours and frequency again before every call.",
    lawHead: "| rule | regulation | requirement |\n| --- | --- | --- |",
    doorTitle: "## Before the rules",
    severity: { error: "error", warning: "warning", info: "note" },
    door: "The document itself is parsed before the rules run. A file that is not a flow gets `not-json`, `malformed` (with the path of the wrong value) or `too-large`. If a bug breaks a rule, it is reported as `check-failed`, and the other rules still run.",
  },
  ru: {
    generated: "<!-- Пишет scripts/build-docs.mjs. Меняйте flows/nodes/<тип>/ и запускайте его снова. -->",
    nodes: "# Узлы",
    templateKinds: { ivr: "## Голосовые меню", script: "## Сценарии операторов", strategy: "## Автоматические обзвоны" },
    templateHead: "| шаблон | что делает | разговоров |\n| --- | --- | --- |",
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
    orExpression: " или выражение CEL",
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
    generatedChecks: "<!-- Пишет scripts/build-docs.mjs. Меняйте flows/check/ и запускайте его снова. -->",
    checksHead: "| код | строгость | что ищет | что говорит | исправление |\n| --- | --- | --- | --- | --- |",
    ruleGroups: {
      structure: "Устройство сценария",
      texts: "Тексты и переменные",
      callers: "Каково звонящему",
      safety: "Данные и безопасность",
      law: "Закон о звонках",
    },
    fixes:
      "У многих сообщений есть исправление: одно нажатие на вкладке «Проблемы» и один шаг отмены. Слов за вас исправление не пишет — кроме случаев, когда само об этом говорит: недостающий язык получает копию другого, её нужно перевести.",
    scoreTitle: "## Оценка",
    score: ({ withErrors, withWarning }) =>
      `Сценарий получает оценку от 0 до 100, как страница в проверке скорости: 100 минус баллы ниже. Каждое сообщение стоит столько баллов, сколько указано для его строгости или для правила; одно правило отнимает не больше числа из последнего столбца, чтобы сорок недостающих переводов не заслонили остальное. **С ошибкой оценка не выше ${withErrors}, с предупреждением — не выше ${withWarning}.** У одного и того же сценария оценка всегда одна. Она видна в шапке редактора и в окне публикации, её печатает \`npx sufler check\`.`,
    scoreHead: "| строгость | баллов за каждое | не больше за правило |\n| --- | --- | --- |",
    scoreOwn: "Правила, которые весят больше или меньше своей строгости:",
    scoreOwnHead: "| код | баллов за каждое |\n| --- | --- |",
    lawTitle: "## Законы за правилами",
    law: "Правила читают паспорт сценария: `passport: { purpose, consent, label }` — цель, основание и подпись вызова. Это инженерная подсказка, а не совет юриста; часы и частоту звонков правила кампании проверяют ещё раз перед каждым вызовом.",
    lawHead: "| правило | закон | о чём |\n| --- | --- | --- |",
    doorTitle: "## До правил",
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
  return `${type[field.kind]}${field.tunable ? words[language].orExpression : ""}${options}${range}${field.unit ? ` ${{ en: field.unit, ru: { s: "с", min: "мин", ms: "мс" }[field.unit] ?? field.unit }[language]}` : ""}${symbol}${items}`;
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
  step: { en: "one per answer, or `next` without answers", ru: "по одному на ответ, а без ответов — `next`" },
  list: { en: "`found`, `notFound` for check; `ok` for add and remove", ru: "`found`, `notFound` при проверке; `ok` при добавлении и удалении" },
  transfer: {
    en: "`ok`, `busy`, `noAnswer`, `rejected` for dial and bridge; `ok`, `rejected` for blind",
    ru: "`ok`, `busy`, `noAnswer`, `rejected`, если дозвониться и соединить; `ok`, `rejected`, если вслепую",
  },
  "wait-until": { en: "`next`; also `exhausted` with a retry rule", ru: "`next`, а по правилу повторов ещё `exhausted`" },
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

function issueOf({ code, breaks, environment = {}, severity }) {
  const flow = goodFlow();
  breaks(flow);
  const parsed = parseFlow(JSON.parse(JSON.stringify(flow)));
  const issue = parsed.flow && checkFlow(parsed.flow, environment).find((each) => each.code === code && (!severity || each.severity === severity));
  if (!issue) throw new Error(`the example of ${code} in flows/check/examples does not break that rule`);
  return issue;
}

function ruleRow({ code, severity }, language) {
  const w = words[language];
  const example = examples.find((each) => each.code === code);
  if (!example) throw new Error(`flows/check/examples has no example of the rule ${code}`);
  const issue = issueOf(example);
  const message = issue.message[language].split("\n").map((line) => (line.includes("^") ? `\`${line.replace(/ /g, "\u00A0")}\`` : line));
  const fix = (issue.fixes ?? []).map((each) => quoted(each.title[language], language)).join(", ");
  return `| \`${code}\` | ${w.severity[severity]} | ${cell(example.what[language])} | ${cell(message.join("\n"))} | ${cell(fix)} |`;
}

function checksPage(language) {
  const w = words[language];
  const groups = Object.entries(rulesByGroup).flatMap(([group, rules]) => [
    `## ${w.ruleGroups[group]}`,
    [w.checksHead, ...rules.map((rule) => ruleRow(rule, language))].join("\n"),
  ]);
  const weights = Object.entries(scoreWeights).map(([severity, { points, most }]) => `| ${w.severity[severity]} | ${points} | ${most} |`);
  return `${[w.generatedChecks, w.checksTitle, w.checksIntro, w.fixes, ...groups, w.scoreTitle, w.score(scoreBounds), [w.scoreHead, ...weights].join("\n"), w.scoreOwn, scoreOwnTable(language), w.lawTitle, w.law, lawTable(language), w.doorTitle, w.door].join("\n\n")}\n`;
}

function scoreOwnTable(language) {
  const w = words[language];
  return [w.scoreOwnHead, ...Object.entries(ownWeights).map(([code, points]) => `| \`${code}\` | ${points} |`)].join("\n");
}

function lawTable(language) {
  return [words[language].lawHead, ...Object.entries(laws).map(([id, law]) => `| ${id} | ${law[language]} | ${law.source} |`)].join("\n");
}

// --- templates ---

const tableMarks = /(<!-- templates -->\n)[^]*?(<!-- \/templates -->)/;

/** The table of ready flows inside a page that is otherwise written by hand. */
function templatesPage(file, language) {
  const w = words[language];
  const slugs = readdirSync(join(root, "templates"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const rows = slugs.map(({ name }) => {
    const flow = JSON.parse(read("templates", name, "flow.json"));
    const conversations = readdirSync(join(root, "templates", name, "conversations")).length;
    return {
      kind: flow.kind,
      row: `| [${cell(flow.title[language])}](../../templates/${name}/README.md) | ${cell(flow.description[language])} | ${conversations} |`,
    };
  });
  const parts = ["ivr", "script", "strategy"].flatMap((kind) => {
    const own = rows.filter((each) => each.kind === kind).map(({ row }) => row);
    return own.length > 0 ? [`${w.templateKinds[kind]}\n\n${[w.templateHead, ...own].join("\n")}\n`] : [];
  });
  return read(file).replace(tableMarks, (_all, open, close) => `${open}\n${parts.join("\n")}\n${close}`);
}

const pages = ["en", "ru"].flatMap((language) => [
  { file: join("docs", language, "nodes.md"), text: nodesPage(language) },
  { file: join("docs", language, "checks.md"), text: checksPage(language) },
  { file: join("docs", language, "templates.md"), text: templatesPage(join("docs", language, "templates.md"), language) },
]);
const stale = pages.filter(({ file, text }) => !existsSync(join(root, file)) || read(file) !== text);
if (process.argv.includes("--check")) {
  for (const { file } of stale) console.log(`${file} is not up to date: run npx node scripts/build-docs.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { file, text } of stale) writeFileSync(join(root, file), text);
  console.log(stale.length > 0 ? `written: ${stale.map(({ file }) => file).join(", ")}` : "up to date");
}

import { nodeTypes } from "../nodes/index.ts";
import { localize } from "../schema/values.ts";
import type { ChangeKind } from "./change.ts";
import { fieldTitle } from "./field-title.ts";
import { isRecord } from "./same.ts";
import { come, go, order, tell, turn, type Language, type Telling } from "./telling.ts";
import { valueWords } from "./value-words.ts";

const id = (value: unknown): string => String(value);
const nodesIn = (part: unknown): number => (isRecord(part) && isRecord(part["nodes"]) ? Object.keys(part["nodes"]).length : 0);
const typeTitle = (type: unknown, language: Language): string => valueWords(localize(nodeTypes[id(type)]?.title, language, id(type)), language);

/** Group, mark and sentence of every kind of change. */
export const changeTellings: Readonly<Record<ChangeKind, Telling>> = {
  "flow-id": turn(
    "flow",
    () => "id сценария",
    () => "Flow ID",
  ),
  "flow-kind": turn(
    "flow",
    () => "Вид сценария",
    () => "Flow kind",
  ),
  "flow-title": turn(
    "flow",
    ({ field }) => `Название сценария${inLanguage(field)}`,
    ({ field }) => `Flow title${inLanguage(field)}`,
  ),
  "flow-start": tell(
    "flow",
    "~",
    (_w, c) => `Начало: было ${id(c.before)}, стало ${id(c.after)}`,
    (_w, c) => `Start: was ${id(c.before)}, now ${id(c.after)}`,
  ),
  "flow-setting": turn(
    "flow",
    ({ field }) => fieldTitle(undefined, field, "ru"),
    ({ field }) => fieldTitle(undefined, field, "en"),
  ),
  "language-added": come("flow", "Добавлен язык", "Language"),
  "language-removed": go("flow", "Убран язык", "Language"),
  "languages-order": order("flow", "Порядок языков", "Order of languages"),
  "outcome-added": come("outcomes", "Добавлен итог", "Outcome"),
  "outcome-removed": go("outcomes", "Убран итог", "Outcome"),
  "outcomes-order": order("outcomes", "Порядок итогов", "Order of outcomes"),
  "input-added": come("inputs", "Добавлено поле для заполнения", "Input"),
  "input-removed": go("inputs", "Убрано поле для заполнения", "Input"),
  "input-changed": turn(
    "inputs",
    ({ field }) => `Поле для заполнения ${field}`,
    ({ field }) => `Input ${field}`,
  ),
  "inputs-order": order("inputs", "Порядок полей для заполнения", "Order of inputs"),
  "variable-added": come("variables", "Добавлена переменная", "Variable"),
  "variable-removed": go("variables", "Убрана переменная", "Variable"),
  "variable-changed": turn(
    "variables",
    ({ field }) => `Переменная ${field}`,
    ({ field }) => `Variable ${field}`,
  ),
  "variables-order": order("variables", "Порядок переменных", "Order of variables"),
  "node-added": tell(
    "nodes",
    "+",
    ({ node }) => `Добавлен узел ${node}`,
    ({ node }) => `Node ${node} added`,
  ),
  "node-removed": tell(
    "nodes",
    "-",
    ({ node }) => `Удалён узел ${node}`,
    ({ node }) => `Node ${node} removed`,
  ),
  "node-renamed": tell(
    "nodes",
    "~",
    ({ node }, c) => `${node}: id был ${id(c.before)}`,
    ({ node }, c) => `${node}: ID was ${id(c.before)}`,
  ),
  "node-type": tell(
    "nodes",
    "~",
    ({ node }, c) => `${node}: вид узла был ${typeTitle(c.before, "ru")}, стал ${typeTitle(c.after, "ru")}`,
    ({ node }, c) => `${node}: type was ${typeTitle(c.before, "en")}, now ${typeTitle(c.after, "en")}`,
  ),
  "node-title": turn(
    "nodes",
    ({ node, field }) => `${node}, название${inLanguage(field)}`,
    ({ node, field }) => `${node}, title${inLanguage(field)}`,
  ),
  "node-enabled": tell(
    "nodes",
    "~",
    ({ node }, c) => `${node}: узел ${c.after ? "включён" : "выключен"}`,
    ({ node }, c) => `${node}: ${c.after ? "enabled" : "disabled"}`,
  ),
  "node-setting": turn(
    "nodes",
    ({ node, field }) => `${node}, ${field}`,
    ({ node, field }) => `${node}, ${field}`,
  ),
  "node-config": turn(
    "nodes",
    ({ node, field }) => `${node}, ${field}`,
    ({ node, field }) => `${node}, ${field}`,
  ),
  "node-order": turn(
    "nodes",
    ({ node, field }) => `${node}, ${field}, порядок`,
    ({ node, field }) => `${node}, ${field}, order`,
  ),
  "node-moved": tell(
    "nodes",
    "~",
    ({ node }) => `${node}: узел передвинут на холсте`,
    ({ node }) => `${node}: moved on the canvas`,
  ),
  "exit-added": tell(
    "exits",
    "+",
    ({ node, field }, c) => `${node}: выход ${field} теперь ведёт в ${id(c.after)}`,
    ({ node, field }, c) => `${node}: exit ${field} now leads to ${id(c.after)}`,
  ),
  "exit-removed": tell(
    "exits",
    "-",
    ({ node, field }, c) => `${node}: выход ${field} больше никуда не ведёт, вёл в ${id(c.before)}`,
    ({ node, field }, c) => `${node}: exit ${field} is no longer connected, led to ${id(c.before)}`,
  ),
  "exit-rewired": tell(
    "exits",
    "~",
    ({ node, field }, c) => `${node}: выход ${field} вёл в ${id(c.before)}, теперь в ${id(c.after)}`,
    ({ node, field }, c) => `${node}: exit ${field} led to ${id(c.before)}, now to ${id(c.after)}`,
  ),
  "prompt-added": tell(
    "texts",
    "+",
    ({ field, after }) => `Новый текст ${field}: ${after}`,
    ({ field, after }) => `New text ${field}: ${after}`,
  ),
  "prompt-removed": tell(
    "texts",
    "-",
    ({ field, before }) => `Убран текст ${field}: ${before}`,
    ({ field, before }) => `Text ${field} removed: ${before}`,
  ),
  "prompt-changed": turn(
    "texts",
    ({ field }) => `Текст ${field}`,
    ({ field }) => `Text ${field}`,
  ),
  "part-added": tell(
    "parts",
    "+",
    ({ field }, c) => `Добавлена часть ${field}, узлов: ${nodesIn(c.after)}`,
    ({ field }, c) => `Part ${field} added, nodes: ${nodesIn(c.after)}`,
  ),
  "part-removed": tell(
    "parts",
    "-",
    ({ field }, c) => `Удалена часть ${field}, узлов было: ${nodesIn(c.before)}`,
    ({ field }, c) => `Part ${field} removed, nodes: ${nodesIn(c.before)}`,
  ),
  "part-setting": turn(
    "parts",
    ({ field }) => `Часть ${field}`,
    ({ field }) => `Part ${field}`,
  ),
  "part-start": tell(
    "parts",
    "~",
    ({ field }, c) => `Часть ${field}: начиналась с ${id(c.before)}, теперь с ${id(c.after)}`,
    ({ field }, c) => `Part ${field} started with ${id(c.before)}, now with ${id(c.after)}`,
  ),
};

/** "title.ru" → " (ru)". */
const inLanguage = (field: string): string => {
  const [, language] = field.split(".");
  return language ? ` (${language})` : "";
};

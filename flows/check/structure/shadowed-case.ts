import type { Fix } from "../../schema/issue.ts";
import { nodePath, setConfig, unwire } from "../fixes/places.ts";
import { scaleOf } from "../callers/scale.ts";
import type { CheckedNode, Finding, NodeRule } from "../rule.ts";

type Switch = { cases: { exit: string; when: string }[] };
type Menu = { choices: { key: string }[]; repeatKey: string; terminator: string; interDigitTimeout: number };

/** A case or key hidden by an earlier one. */
export const shadowedCase: NodeRule = {
  code: "shadowed-case",
  severity: "warning",
  types: ["switch", "menu"],
  each: (node) => (node.node.type === "switch" ? cases(node) : keys(node)),
};

const spaceless = (source: string): string => source.replaceAll(/\s+/g, " ").trim();

function cases(node: CheckedNode): Finding[] {
  const seen = new Map<string, string>();
  let always: string | null = null;
  return (node.config as Switch).cases.flatMap(({ exit, when }, index): Finding[] => {
    const source = spaceless(when);
    const before = always ?? seen.get(source);
    const truth = always !== null;
    if (source === "true" && always === null) always = exit;
    if (!seen.has(source)) seen.set(source, exit);
    if (before === undefined) return [];
    const message = truth
      ? { ru: `до «${exit}» дело не дойдёт: «${before}» подходит всегда`, en: `"${exit}" is never reached: "${before}" always matches` }
      : {
          ru: `у «${exit}» то же условие, что у «${before}»: сработает только первый`,
          en: `"${exit}" has the same condition as "${before}": only the first is taken`,
        };
    const fixes = truth ? moveUp(node, index, before) : dropCase(node, index);
    return [{ node: node.id, path: `config.cases.${index}.when`, message, fixes }];
  });
}

/** Moves the case before the one that always matches. */
function moveUp(node: CheckedNode, index: number, always: string): Fix[] {
  const { cases: list } = node.node.config as Switch;
  const to = list.findIndex((item) => item.exit === always && spaceless(item.when) === "true");
  const { exit } = list[index]!;
  const moved = [...list.slice(0, to), list[index]!, ...list.slice(to, index), ...list.slice(index + 1)];
  return to < 0 || to > index
    ? []
    : [{ title: { ru: `Поставить «${exit}» перед «${always}»`, en: `Move "${exit}" before "${always}"` }, edits: [setConfig(node, ["cases"], moved)] }];
}

/** Removes the second case with its exit if another exit leads to the same place or the exit is not connected. */
function dropCase(node: CheckedNode, index: number): Fix[] {
  const { exit } = (node.node.config as Switch).cases[index]!;
  const to = node.node.exits[exit];
  const shared = Object.entries(node.node.exits).some(([other, target]) => other !== exit && target === to);
  if (to !== undefined && !shared) return [];
  const edits = [{ remove: [...nodePath(node), "config", "cases", String(index)] }, ...(to === undefined ? [] : [unwire(node, exit)])];
  return [{ title: { ru: `Убрать случай «${exit}»`, en: `Remove case "${exit}"` }, edits }];
}

function keys(node: CheckedNode): Finding[] {
  const { choices, repeatKey, interDigitTimeout } = node.config as Menu;
  const all = [...new Set(choices.map((item) => item.key))];
  const scale = scaleOf(choices, node.node.exits);
  const waits = all.flatMap((key): Finding[] => {
    const longer = all.filter((each) => each !== key && each.startsWith(key) && !(scale.includes(key) && scale.includes(each)));
    if (longer.length === 0) return [];
    return [
      {
        node: node.id,
        path: `config.choices.${choices.findIndex((item) => item.key === key)}.key`,
        message: {
          ru: `«${key}» — начало «${longer.join(", ")}»: нажавший ${key} ждёт ещё ${interDigitTimeout} с. Выберите клавиши, которые не начинаются одинаково`,
          en: `"${key}" is a prefix of "${longer.join(", ")}": callers who press ${key} wait another ${interDigitTimeout} s. Choose keys without a common prefix`,
        },
      },
    ];
  });
  const hidden = repeatKey !== "" && all.some((key) => key === repeatKey || key.startsWith(repeatKey));
  if (!hidden) return waits;
  const message = {
    ru: `«${repeatKey}» — и выбор, и «повторить»: повторить не получится. Возьмите другую клавишу`,
    en: `"${repeatKey}" is both a choice and the repeat key: it never repeats. Use another key`,
  };
  const fix = { title: { ru: "Убрать клавишу «повторить»", en: "Remove the repeat key" }, edits: [setConfig(node, ["repeatKey"], "")] };
  return [...waits, { node: node.id, path: "config.repeatKey", message, fixes: [fix] }];
}

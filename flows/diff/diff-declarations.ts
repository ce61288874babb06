import type { Flow } from "../schema/flow.ts";
import type { ChangeKind, FoundChange } from "./change.ts";
import { leafChanges, pathText } from "./leaf-changes.ts";
import { keysOf, own, same } from "./same.ts";

type Kinds = { added: ChangeKind; removed: ChangeKind; changed: ChangeKind; order: ChangeKind };
const variableKinds = {
  inputs: { added: "input-added", removed: "input-removed", changed: "input-changed", order: "inputs-order" },
  variables: { added: "variable-added", removed: "variable-removed", changed: "variable-changed", order: "variables-order" },
} satisfies Record<string, Kinds>;
const wordKinds = {
  languages: { added: "language-added", removed: "language-removed", order: "languages-order" },
  outcomes: { added: "outcome-added", removed: "outcome-removed", order: "outcomes-order" },
} satisfies Record<string, Omit<Kinds, "changed">>;

/** Inputs or variables: the order of inputs is the order of the form a client fills in, so it counts. */
export function diffVariables(a: Flow, b: Flow, part: "inputs" | "variables"): FoundChange[] {
  const kinds = variableKinds[part];
  const at = (name: string) => ({ place: `${part}.${name}`, node: null, field: name });
  const each = keysOf(a[part], b[part]).flatMap((name): FoundChange[] => {
    const [before, after] = [own(a[part], name), own(b[part], name)];
    if (before === undefined) return [{ ...at(name), kind: kinds.added, after }];
    if (after === undefined) return [{ ...at(name), kind: kinds.removed, before }];
    return leafChanges(before, after).map((leaf) => {
      const path = `${name}.${pathText(leaf.path)}`;
      return { ...at(path), kind: kinds.changed, before: leaf.before, after: leaf.after };
    });
  });
  return [...each, ...orderOf(Object.keys(a[part]), Object.keys(b[part]), part, kinds.order)];
}

/** Lists of words, element by element. */
export function diffWords(a: Flow, b: Flow, part: "languages" | "outcomes"): FoundChange[] {
  const kinds = wordKinds[part];
  const [before, after]: [string[], string[]] = [a[part], b[part]];
  const added = after.filter((word) => !before.includes(word)).map((word): FoundChange => ({ ...wordAt(part, word), kind: kinds.added, after: word }));
  const removed = before.filter((word) => !after.includes(word)).map((word): FoundChange => ({ ...wordAt(part, word), kind: kinds.removed, before: word }));
  return [...added, ...removed, ...orderOf(before, after, part, kinds.order)];
}

const wordAt = (part: string, word: string) => ({ place: `${part}[${word}]`, node: null, field: word });

function orderOf(before: readonly string[], after: readonly string[], place: string, kind: ChangeKind): FoundChange[] {
  const [old, now] = [before.filter((word) => after.includes(word)), after.filter((word) => before.includes(word))];
  return same(old, now) ? [] : [{ kind, place, node: null, field: null, before: old, after: now }];
}

/** Texts and recordings, each language its own entry. */
export function diffPrompts(a: Flow, b: Flow): FoundChange[] {
  return keysOf(a.prompts, b.prompts).flatMap((key): FoundChange[] => {
    const [old, now] = [a.prompts[key], b.prompts[key]];
    const languages = keysOf(old, now);
    if (languages.length === 0 && (!old || !now))
      return [{ kind: old ? "prompt-removed" : "prompt-added", place: `prompts.${key}`, node: null, field: key, before: old, after: now }];
    return languages.flatMap((language): FoundChange[] => {
      const [before, after] = [own(old, language), own(now, language)];
      if (same(before, after)) return [];
      const kind = before === undefined ? "prompt-added" : after === undefined ? "prompt-removed" : "prompt-changed";
      return [{ kind, place: `prompts.${key}.${language}`, node: null, field: `${key}.${language}`, before, after }];
    });
  });
}

const settingKinds: Readonly<Record<string, ChangeKind>> = { id: "flow-id", kind: "flow-kind", title: "flow-title" };
const elsewhere = new Set(["inputs", "variables", "languages", "outcomes", "prompts", "start", "nodes", "parts", "layout"]);

/** Top-level settings of the flow without a section of their own. */
export function diffSettings(a: Flow, b: Flow): FoundChange[] {
  return keysOf(a, b)
    .filter((name) => !elsewhere.has(name))
    .flatMap((name) => leafChanges(own(a, name), own(b, name), [name]))
    .map((leaf) => {
      const field = pathText(leaf.path);
      return { kind: settingKinds[leaf.path[0]!] ?? "flow-setting", place: field, node: null, field, before: leaf.before, after: leaf.after };
    });
}

import type { Flow, FlowLanguage } from "../../flows/schema/flow.ts";

/**
 * Converts a written conversation to a first draft: a line is a phrase; a line "1 — words" or "- words" is a choice of the
 * question before it, and the indented lines under it are what follows that choice.
 */
export function talkToFlow(flow: Flow, text: string, language: FlowLanguage): Flow {
  const lines = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ indent: /^\s*/.exec(line)![0].replaceAll("\t", "  ").length, text: line.trim() }));
  const draft: Flow = structuredClone({
    ...flow,
    nodes: {},
    layout: {},
    prompts: {},
    outcomes: flow.kind === "strategy" ? flow.outcomes : [...new Set([...flow.outcomes, "done"])],
  });
  draft.nodes["start"] = { type: "start", config: {}, exits: {} };
  draft.layout["start"] = [0, 0];
  draft.start = "start";
  let row = 0;
  let count = 0;
  const prompt = (id: string, words: string) => {
    draft.prompts[id] = Object.fromEntries(flow.languages.map((each) => [each, each === language ? words : ""]));
    return id;
  };
  const say = (words: string, depth: number): string => {
    const id = `${flow.kind === "script" ? "step" : "say"}-${++count}`;
    const config = flow.kind === "script" ? { say: prompt(id, words), answers: [] as unknown[] } : { prompt: prompt(id, words) };
    draft.nodes[id] = { type: flow.kind === "script" ? "step" : "say", config, exits: {} };
    draft.layout[id] = [depth * 340, row * 190];
    return id;
  };
  const end = (depth: number): string => {
    const id = `end-${++count}`;
    const finish =
      flow.kind === "script"
        ? { type: "wrap-up", config: { options: [{ value: "done", label: prompt(`${id}-done`, language === "ru" ? "Готово" : "Done") }] } }
        : { type: "hangup", config: { outcome: "done" } };
    draft.nodes[id] = { ...finish, exits: {} };
    draft.layout[id] = [depth * 340, row * 190];
    return id;
  };
  const choice = /^(?:([0-9*#])\s*[—–\-.:)]|[-•])\s*(.+)$/;

  /** Reads lines at `indent` and returns the first node of what they make; the last leads to an end. */
  function read(from: number, to: number, depth: number): string {
    let first = "";
    let exit: { node: string; name: string } | null = null;
    let at = from;
    let level = depth;
    const lead = (id: string) => {
      if (exit) draft.nodes[exit.node]!.exits[exit.name] = id;
      first ||= id;
    };
    while (at < to) {
      const id = say(lines[at]!.text, level++);
      lead(id);
      at++;
      const options: { key: string; label: string; body: [number, number] }[] = [];
      while (at < to && choice.test(lines[at]!.text)) {
        const [, key, label] = choice.exec(lines[at]!.text)!;
        const indent = lines[at]!.indent;
        const body = ++at;
        while (at < to && lines[at]!.indent > indent) at++;
        options.push({ key: key ?? String(options.length + 1), label: label!, body: [body, at] });
      }
      exit = { node: id, name: "next" };
      if (options.length === 0) continue;
      ask(id, options);
      for (const option of options) {
        const name = flow.kind === "script" ? `answer-${option.key}` : option.key;
        draft.nodes[id]!.exits[name] = option.body[0] < option.body[1] ? read(option.body[0], option.body[1], level) : end(level);
        row++;
      }
      row--;
      if (flow.kind === "ivr") draft.nodes[id]!.exits["noInput"] = draft.nodes[id]!.exits["invalid"] = end(level);
      return first;
    }
    lead(end(level));
    return first;
  }

  function ask(id: string, options: { key: string; label: string }[]): void {
    const node = draft.nodes[id]!;
    if (flow.kind === "script")
      node.config["answers"] = options.map((option) => ({
        value: `answer-${option.key}`,
        label: prompt(`${id}-label-${option.key === "*" || option.key === "#" ? "x" : option.key}`, option.label),
      }));
    else
      draft.nodes[id] = {
        type: "menu",
        config: { prompt: node.config["prompt"], choices: options.map((option) => ({ key: option.key, label: option.label })) },
        exits: {},
      };
  }
  draft.nodes["start"].exits["next"] = read(0, lines.length, 1);
  return draft;
}

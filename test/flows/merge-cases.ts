import example from "../../docs/examples/main-menu.flow.json" with { type: "json" };
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";

/** The example flow with a part, and what two people may do to it. */
export const base = parseFlow({
  ...example,
  parts: { lookup: { start: "ask", nodes: { ask: { type: "say", config: { prompt: "hours" }, exits: { next: "done" } }, done: { type: "finish" } } } },
}).flow!;
/** What somebody does to a flow. */
export type Edit = (flow: Flow) => unknown;
export const edited = (...edits: Edit[]): Flow => {
  const copy = structuredClone(base);
  for (const edit of edits) edit(copy);
  return parseFlow(copy).flow!;
};
const ask = (flow: Flow) => flow.parts["lookup"]!.nodes["ask"]!;
const say = (exits: Record<string, string> = {}) => ({ type: "say", config: { prompt: "hours" }, exits });

/** Edits of places that have nothing to do with each other. */
export const disjoint: Record<string, Edit> = {
  "title in Russian": (f) => (f.title.ru = "Другое"),
  "title in English": (f) => (f.title.en = "Other"),
  "attempts of a menu": (f) => (f.nodes["choose"]!.config["attempts"] = 2),
  "another field of it": (f) => (f.nodes["choose"]!.config["saveAs"] = "picked"),
  "an exit of it": (f) => (f.nodes["choose"]!.exits["noInput"] = "gone"),
  "another exit of it": (f) => (f.nodes["choose"]!.exits["error"] = "gone"),
  "a choice of it": (f) => (f.nodes["choose"]!.config["choices"] as object[]).push({ key: "2", value: "shop" }),
  "another choice of it": (f) => (f.nodes["choose"]!.config["choices"] as object[]).push({ key: "3", value: "news" }),
  "a choice says something else": (f) => ((f.nodes["choose"]!.config["choices"] as { value: string }[])[0]!.value = "when"),
  "its title": (f) => (f.nodes["choose"]!.title = "Выбор"),
  "another type with its form": (f) => Object.assign(f.nodes["bye"]!, { type: "play", config: { playlist: [{ prompt: "sorry" }] } }),
  "a node switched off": (f) => (f.nodes["hours"]!.enabled = false),
  "a new node": (f) => (f.nodes["fresh"] = say()),
  "another new node": (f) => (f.nodes["crisp"] = say({ next: "end" })),
  "a text in Russian": (f) => (f.prompts["sorry"]!.ru = "Пока"),
  "the text in English": (f) => (f.prompts["sorry"]!.en = "Bye"),
  "a new text": (f) => (f.prompts["fresh"] = { ru: "Да" }),
  "an input": (f) => (f.inputs["city"] = { type: "string" }),
  "another input": (f) => (f.inputs["phone"] = { type: "phone" }),
  "what an input is called": (f) => (f.inputs["company"]!.title = { ru: "Фирма" }),
  "a variable": (f) => (f.variables["n"] = { type: "number" }),
  "an outcome": (f) => f.outcomes.push("lost"),
  "another outcome": (f) => f.outcomes.push("angry"),
  "a node in a part": (f) => (ask(f).config["prompt"] = "sorry"),
  "an exit in a part": (f) => (ask(f).exits["error"] = "done"),
  "a new part": (f) => (f.parts["other"] = { start: "a", nodes: { a: say() }, layout: {} }),
};

const play: Edit = (f) => Object.assign(f.nodes["hours"]!, { type: "play", config: { playlist: [{ prompt: "sorry" }] } });
const drop =
  (id: string, to = "end"): Edit =>
  (f) => {
    delete f.nodes[id];
    for (const node of Object.values(f.nodes)) for (const [exit, target] of Object.entries(node.exits)) if (target === id) node.exits[exit] = to;
  };

/** Both sides at one place: kind, place, and what stands in the result there. */
export type Both = [title: string, ours: Edit, theirs: Edit, kind: string, place: string, kept: (flow: Flow) => unknown, stands: unknown];
export const conflicting: Both[] = [
  [
    "one field",
    (f) => (f.nodes["choose"]!.config["attempts"] = 1),
    (f) => (f.nodes["choose"]!.config["attempts"] = 5),
    "same-field",
    "nodes.choose.config.attempts",
    (f) => f.nodes["choose"]!.config["attempts"],
    1,
  ],
  [
    "a field removed and changed",
    (f) => delete f.nodes["choose"]!.config["attempts"],
    (f) => (f.nodes["choose"]!.config["attempts"] = 5),
    "same-field",
    "nodes.choose.config.attempts",
    (f) => f.nodes["choose"]!.config["attempts"],
    undefined,
  ],
  [
    "one exit",
    (f) => (f.nodes["choose"]!.exits["1"] = "bye"),
    (f) => (f.nodes["choose"]!.exits["1"] = "end"),
    "same-field",
    "nodes.choose.exits.1",
    (f) => f.nodes["choose"]!.exits["1"],
    "bye",
  ],
  [
    "one choice",
    (f) => ((f.nodes["choose"]!.config["choices"] as { value: string }[])[0]!.value = "a"),
    (f) => ((f.nodes["choose"]!.config["choices"] as { value: string }[])[0]!.value = "b"),
    "same-field",
    "nodes.choose.config.choices[1].value",
    (f) => f.nodes["choose"]!.config["choices"],
    [{ key: "1", value: "a" }],
  ],
  [
    "another type here, another form there",
    play,
    (f) => (f.nodes["hours"]!.config["prompt"] = "choose"),
    "same-field",
    "nodes.hours.type",
    (f) => f.nodes["hours"]!.type,
    "play",
  ],
  [
    "another form here, another type there",
    (f) => (f.nodes["hours"]!.config["prompt"] = "choose"),
    play,
    "same-field",
    "nodes.hours.type",
    (f) => f.nodes["hours"],
    { ...say({ next: "end" }), config: { prompt: "choose" } },
  ],
  [
    "a node removed here, changed there",
    drop("bye"),
    (f) => (f.nodes["bye"]!.title = "Пока"),
    "delete-change",
    "nodes.bye",
    (f) => f.nodes["bye"]?.title,
    "Пока",
  ],
  [
    "a node changed here, removed there",
    (f) => (f.nodes["bye"]!.title = "Пока"),
    drop("bye"),
    "delete-change",
    "nodes.bye",
    (f) => f.nodes["bye"]?.title,
    "Пока",
  ],
  [
    "one new id for two nodes",
    (f) => (f.nodes["x"] = say()),
    (f) => (f.nodes["x"] = say({ next: "end" })),
    "both-added",
    "nodes.x",
    (f) => f.nodes["x"]?.exits,
    {},
  ],
  [
    "an exit here to a node removed there",
    (f) => (f.nodes["greet"]!.exits["error"] = "hours"),
    drop("hours"),
    "dangling",
    "nodes.greet.exits.error",
    (f) => f.nodes["greet"]?.exits["error"],
    "hours",
  ],
  ["the start here, the node removed there", (f) => (f.start = "hours"), drop("hours"), "dangling", "start", (f) => f.start, "hours"],
  [
    "a text in one language",
    (f) => (f.prompts["sorry"]!.ru = "а"),
    (f) => (f.prompts["sorry"]!.ru = "б"),
    "same-field",
    "prompts.sorry.ru",
    (f) => f.prompts["sorry"]!.ru,
    "а",
  ],
  [
    "a text removed here, changed there",
    (f) => {
      drop("bye")(f);
      delete f.prompts["sorry"];
    },
    (f) => (f.prompts["sorry"]!.ru = "б"),
    "delete-change",
    "prompts.sorry",
    (f) => f.prompts["sorry"]?.ru,
    "б",
  ],
  [
    "a text removed here, played by a new node there",
    (f) => {
      drop("bye")(f);
      delete f.prompts["sorry"];
    },
    (f) => (f.nodes["x"] = { ...say(), config: { prompt: "sorry" } }),
    "still-needed",
    "prompts.sorry",
    (f) => f.prompts["sorry"]?.ru,
    "До свидания.",
  ],
  [
    "a variable",
    (f) => (f.variables["n"] = { type: "number" }),
    (f) => (f.variables["n"] = { type: "string" }),
    "both-added",
    "variables.n",
    (f) => f.variables["n"],
    { type: "number" },
  ],
  [
    "an input",
    (f) => (f.inputs["company"]!.type = "number"),
    (f) => (f.inputs["company"]!.type = "phone"),
    "same-field",
    "inputs.company.type",
    (f) => f.inputs["company"]!.type,
    "number",
  ],
  ["all languages, one by one", (f) => (f.languages = ["ru"]), (f) => (f.languages = ["en"]), "limit", "languages", (f) => f.languages, ["ru"]],
  [
    "a node of a part",
    (f) => (ask(f).config["prompt"] = "sorry"),
    (f) => (ask(f).config["prompt"] = "choose"),
    "same-field",
    "parts.lookup.nodes.ask.config.prompt",
    (f) => ask(f).config["prompt"],
    "sorry",
  ],
  [
    "a part removed here, changed there",
    (f) => delete f.parts["lookup"],
    (f) => (ask(f).title = "Спросить"),
    "delete-change",
    "parts.lookup",
    (f) => ask(f).title,
    "Спросить",
  ],
  [
    "an exit in a part to a node removed there",
    (f) => (ask(f).exits["error"] = "done"),
    (f) => {
      delete f.parts["lookup"]!.nodes["done"];
      ask(f).exits = {};
    },
    "dangling",
    "parts.lookup.nodes.ask.exits.error",
    (f) => ask(f).exits["error"],
    "done",
  ],
];

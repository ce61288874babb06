import type { Flow } from "../../schema/flow.ts";
import { parseFlow } from "../../schema/parse-flow.ts";
import { begin, finish, hangup, http, menu, node, part, say, set, type Change, type Example, type ExampleNode } from "./example.ts";

const sub = (name: string, config: Record<string, unknown> = {}, exits: Record<string, string> = {}): ExampleNode =>
  node("subflow", { part: name, ...config }, { next: "say", ...exits });
const branches = (type: "parallel" | "race", ...parts: string[]): ExampleNode =>
  node(type, { branches: parts.map((name, index) => ({ name: `b${index}`, part: name })) }, { next: "say" });

/** A flow that begins with a node playing the given parts. */
const playing =
  (first: ExampleNode, parts: Record<string, Record<string, ExampleNode>>): Change =>
  (flow) => {
    begin({ it: first })(flow);
    flow.parts = Object.fromEntries(Object.entries(parts).map(([name, nodes]) => [name, part(nodes)]));
  };
/** Another flow, which requires an age. */
const other = (): Flow =>
  parseFlow({
    sufler: 2,
    id: "other",
    kind: "ivr",
    title: {},
    languages: ["ru", "en"],
    inputs: { age: { type: "number", required: true } },
    outcomes: ["done"],
    start: "end",
    nodes: { end: finish() },
  }).flow!;
const onHangup = (by: string[] = []): ExampleNode => node("on-hangup", by.length > 0 ? { by } : {}, { next: "end" });

export const structureExamples: readonly Example[] = [
  {
    code: "missing-start",
    what: { en: "A flow or a part without a first node.", ru: "Нет первого узла сценария или части." },
    node: null,
    breaks: (flow) => (flow.start = "nowhere"),
    near: (flow) => (flow.start = "ask"),
  },
  {
    code: "unknown-node",
    what: { en: "A node type that does not exist or cannot be used in this kind of flow.", ru: "Такого типа узла нет, или он не для этого вида сценария." },
    node: "say",
    breaks: (flow) => (flow.nodes["say"]!.type = "sya"),
    near: playing(sub("talk"), { talk: { a: finish() } }),
  },
  {
    code: "malformed-config",
    what: { en: "A node form that is incomplete or not valid.", ru: "Форма узла не заполнена или заполнена неверно." },
    node: "ask",
    breaks: (flow) => (flow.nodes["ask"]!.config["attempts"] = 99),
    near: (flow) => (flow.nodes["ask"]!.config["attempts"] = 10),
  },
  {
    code: "dangling-exit",
    what: {
      en: "A required exit that is not connected or that leads to a deleted node.",
      ru: "Выход, который нужно соединить, не соединён или ведёт в удалённый узел.",
    },
    node: "say",
    breaks: (flow) => (flow.nodes["say"]!.exits = {}),
    near: (flow) => delete flow.nodes["people"]!.exits["error"],
  },
  {
    code: "unknown-exit",
    what: { en: "An edge from an exit that the node no longer has.", ru: "Связь из выхода, которого у узла больше нет." },
    node: "ask",
    breaks: (flow) => (flow.nodes["ask"]!.exits["7"] = "end"),
    near: (flow) => (flow.nodes["ask"]!.exits["hangup"] = "end"),
  },
  {
    code: "input-default",
    what: {
      en: "The default of an input is not valid: it is not one of the choices, is out of bounds or has the wrong type.",
      ru: "Значение поля по умолчанию ему не подходит: не из вариантов, вне границ, другого типа.",
    },
    node: null,
    breaks: (flow) => (flow.inputs["age"] = { type: "number", min: 18, max: 99, default: 7 }),
    near: (flow) => (flow.inputs["age"] = { type: "number", default: 18, options: [{ value: 18 }, { value: 21 }] }),
  },
  {
    code: "tunable-bounds",
    what: {
      en: "A number in a node comes from an input with wider bounds than the node allows.",
      ru: "Число узла берётся из поля, у которого границы шире, чем у узла.",
    },
    node: "people",
    breaks: (flow) => (flow.nodes["people"]!.config["ringSeconds"] = "inputs.age"),
    near(flow) {
      flow.nodes["people"]!.config["ringSeconds"] = "inputs.age";
      flow.inputs["age"] = { type: "number", min: 10, max: 60 };
    },
  },
  {
    code: "input-exits",
    what: { en: "A question whose exits for no input or invalid input are not connected.", ru: "Вопрос, у которого некуда уйти молчанию и ошибке." },
    node: "ask",
    breaks: (flow) => delete flow.nodes["ask"]!.exits["noInput"],
    near(flow) {
      delete flow.nodes["ask"]!.exits["noInput"];
      flow.nodes["ask"]!.exits["error"] = "end";
    },
  },
  {
    code: "unknown-part",
    what: { en: "A node that plays a part or a flow that does not exist.", ru: "Узел проигрывает часть или сценарий, которых нет." },
    node: "it",
    breaks: playing(sub("lost"), {}),
    near: playing(sub("talk"), { talk: { a: finish() } }),
  },
  {
    code: "plays-itself",
    what: { en: "A part or flow that plays itself in a circle.", ru: "Часть или сценарий, которые проигрывают сами себя." },
    node: "a/x",
    breaks: playing(sub("a"), {
      a: { x: node("subflow", { part: "b" }, { next: "z" }), z: finish() },
      b: { x: node("subflow", { part: "a" }, { next: "z" }), z: finish() },
    }),
    near: playing(sub("a"), { a: { x: node("subflow", { part: "b" }, { next: "z" }), z: finish() }, b: { z: finish() } }),
  },
  {
    code: "part-without-finish",
    what: { en: "A part that never ends, so the node that plays it would wait forever.", ru: "Часть, которая никогда не кончается." },
    node: "talk/a",
    breaks: playing(sub("talk"), { talk: { a: say("a") } }),
    near: playing(branches("race", "talk", "timer"), { talk: { a: say("a") }, timer: { w: node("wait", { seconds: 3 }, { next: "z" }), z: finish() } }),
  },
  {
    code: "subflow-inputs",
    what: {
      en: "A subflow that does not receive a required input, or receives an unknown one.",
      ru: "Проигрываемому сценарию не передают нужное поле или передают такое, какого у него нет.",
    },
    node: "it",
    environment: { documents: { other: other() } },
    breaks: begin({ it: node("subflow", { flow: "other", inputs: {} }, { next: "say" }) }),
    near: begin({ it: node("subflow", { flow: "other", inputs: { age: "inputs.age" } }, { next: "say" }) }),
  },
  {
    code: "subflow-outcomes",
    what: {
      en: "An exit that no outcome of the subflow reaches. Also notes outcomes without their own exit.",
      ru: "Выход, до которого не доходит ни один итог внутри; заметкой — итог без своего выхода.",
    },
    node: "it",
    breaks: playing(sub("talk", { outcomes: [{ exit: "agreed" }] }, { agreed: "end" }), { talk: { z: finish("refused") } }),
    near: playing(sub("talk", { outcomes: [{ exit: "agreed" }] }, { agreed: "end" }), { talk: { z: finish("agreed") } }),
  },
  {
    code: "two-talking-branches",
    what: { en: "Parallel branches of which more than one talks or listens.", ru: "Ветви рядом, из которых говорит или слушает больше одной." },
    node: "it",
    breaks: playing(branches("parallel", "one", "two"), {
      one: { a: say("z"), z: finish() },
      two: { a: sub("in", {}, { next: "z" }), z: finish() },
      in: { a: say("z"), z: finish() },
    }),
    near: playing(branches("parallel", "one", "two"), { one: { a: say("z"), z: finish() }, two: { a: set("z", "y", "1"), z: finish() } }),
  },
  {
    code: "branch-writes-same-variable",
    what: { en: "Branches of a Parallel node that write the same variable.", ru: "Ветви одного узла «Параллельно» пишут одну переменную." },
    node: "it",
    breaks: playing(branches("parallel", "one", "two"), { one: { a: set("z", "x", "1"), z: finish() }, two: { a: set("z", "x", "2"), z: finish() } }),
    near: playing(branches("parallel", "one", "two"), { one: { a: set("z", "x", "1"), z: finish() }, two: { a: set("z", "y", "2"), z: finish() } }),
  },
  {
    code: "goto-nowhere",
    what: { en: "A Go to node that leads to a node outside its graph.", ru: "Переход к узлу, которого здесь нет." },
    node: "jump",
    breaks: begin({ jump: node("goto", { node: "sya" }) }),
    near: begin({ jump: node("goto", { node: "say" }) }),
  },
  {
    code: "root-node-in-part",
    what: {
      en: "An On hang-up or On error node inside a part, where it never runs.",
      ru: "«Если положили трубку» или «Если ошибка» внутри части: там они не сработают.",
    },
    node: "talk/h",
    breaks: playing(sub("talk"), { talk: { z: finish(), h: node("on-hangup", {}, { next: "z" }) } }),
    near: (flow) => (flow.nodes["h"] = onHangup()),
  },
  {
    code: "on-hangup-reasons",
    what: { en: "Two On hang-up nodes for the same reason.", ru: "Два узла «Если положили трубку» на одну причину." },
    node: "h1",
    breaks: (flow) => Object.assign(flow.nodes, { h0: onHangup(["caller"]), h1: onHangup(["network", "caller"]) }),
    near: (flow) => Object.assign(flow.nodes, { h0: onHangup(["caller"]), h1: onHangup(["network"]), h2: onHangup() }),
  },
  {
    code: "media-after-hangup",
    what: { en: "Speech, a question or a queue on the path after a hang-up.", ru: "Фраза, вопрос или очередь на пути после того, как трубку положили." },
    node: "bye",
    breaks: (flow) => Object.assign(flow.nodes, { h: node("on-hangup", {}, { next: "bye" }), bye: say("end") }),
    near: (flow) => Object.assign(flow.nodes, { h: node("on-hangup", {}, { next: "send" }), send: http() }),
  },
  {
    code: "no-path-to-end",
    what: { en: "A node from which the flow can never end.", ru: "Узел, из которого сценарий сам никогда не кончится." },
    node: "say",
    breaks: (flow) => (flow.nodes["say"]!.exits["next"] = "say"),
    near: (flow) => (flow.nodes["ask"]!.exits["noInput"] = "ask"),
  },
  {
    code: "silent-cycle",
    what: { en: "A loop in which no node waits.", ru: "Круг из узлов, ни один из которых не ждёт." },
    node: "a",
    breaks: begin({ a: set("if", "x", "1"), if: node("condition", { when: "inputs.age > 1.0" }, { yes: "a", no: "say" }) }),
    near: begin({ a: set("w", "x", "1"), w: say("if"), if: node("condition", { when: "inputs.age > 1.0" }, { yes: "a", no: "say" }) }),
  },
  {
    code: "loop-without-exit",
    what: { en: "A Loop node whose exit `again` never returns to it.", ru: "«Повторить», к которому `again` не возвращается." },
    node: "turn",
    breaks: begin({ turn: node("loop", { times: 3 }, { again: "say", done: "say" }) }),
    near: begin({ turn: node("loop", { times: 3 }, { again: "again", done: "say" }), again: say("turn") }),
  },
  {
    code: "loop-too-long",
    what: {
      en: "Loops that never wait and together pass more nodes than a call may pass.",
      ru: "Повторения без ожидания, в которых вместе больше узлов, чем разрешено звонку.",
    },
    node: "outer",
    breaks: begin({
      outer: node("loop", { times: 300 }, { again: "inner", done: "say" }),
      inner: node("loop", { times: 100 }, { again: "count", done: "outer" }),
      count: set("inner", "n", "1"),
    }),
    near: begin({ outer: node("loop", { times: 1000 }, { again: "count", done: "say" }), count: set("outer", "n", "1") }),
  },
  {
    code: "duplicate-key",
    what: { en: "A duplicate key, exit or field in a node.", ru: "Одна клавиша, выход или поле дважды в одном узле." },
    node: "ask",
    breaks: (flow) => (flow.nodes["ask"]!.config["choices"] = [{ key: "1" }, { key: "1" }]),
    near(flow) {
      flow.nodes["ask"] = menu("people", { choices: [{ key: "1" }, { key: "2" }] });
      flow.nodes["ask"].exits["2"] = "end";
    },
  },
  {
    code: "shadowed-case",
    what: {
      en: "A case after one that always matches or has the same condition; a key that is a prefix of another; a repeat key that is also a choice.",
      ru: "Случай после всегда верного или с тем же условием; клавиша — начало другой; «повторить» на клавише выбора.",
    },
    node: "by",
    breaks: begin({
      by: node(
        "switch",
        {
          cases: [
            { exit: "rest", when: "true" },
            { exit: "old", when: "inputs.age > 60.0" },
          ],
        },
        { rest: "say", old: "end", default: "say" },
      ),
    }),
    near: begin({
      by: node(
        "switch",
        {
          cases: [
            { exit: "old", when: "inputs.age > 60.0" },
            { exit: "rest", when: "true" },
          ],
        },
        { old: "say", rest: "end", default: "say" },
      ),
    }),
  },
  {
    code: "constant-condition",
    what: { en: "A condition that is always true or always false.", ru: "Условие, которое всегда верно или всегда неверно." },
    node: "if",
    breaks: begin({ if: node("condition", { when: "1 > 2" }, { yes: "say", no: "end" }) }),
    near: begin({ if: node("condition", { when: "inputs.age > 2" }, { yes: "say", no: "end" }) }),
  },
  {
    code: "set-type",
    what: { en: "A value whose type differs from the type of the variable.", ru: "В переменную кладут значение другого типа." },
    node: "put",
    breaks(flow) {
      flow.variables["age"] = { type: "number" };
      begin({ put: set("say", "age", "'восемнадцать'") })(flow);
    },
    near(flow) {
      flow.variables["age"] = { type: "number" };
      begin({ put: set("say", "age", "inputs.age + 1") })(flow);
    },
  },
  {
    code: "disabled-start",
    what: { en: "The first node is disabled.", ru: "Первый узел выключен." },
    node: "say",
    breaks: (flow) => (flow.nodes["say"]!.enabled = false),
    near: (flow) => (flow.nodes["people"]!.enabled = false),
  },
  {
    code: "unreachable-node",
    what: { en: "A node that no path leads to, or a part that no node plays.", ru: "Узел, в который нельзя попасть, или часть, которую никто не проигрывает." },
    node: "lost",
    breaks: (flow) => (flow.nodes["lost"] = hangup()),
    near: (flow) => Object.assign(flow.nodes, { h: onHangup() }),
  },
  {
    code: "unknown-symbol",
    what: {
      en: "A list, calendar, trunk or flow that this installation does not have. Checked in the editor and on publishing; the command line does not know the installation.",
      ru: "Список, календарь, транк или сценарий, которого нет в этой установке. Проверяется в редакторе и при публикации: командная строка об установке не знает.",
    },
    node: "list",
    environment: { lists: ["vip"] },
    breaks: begin({ list: node("list", { list: "vpi" }, { found: "say", notFound: "say" }) }),
    near: begin({ list: node("list", { list: "vip" }, { found: "say", notFound: "say" }) }),
  },
];

import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { createFlowMachine } from "../../flows/compile/machine.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";

const { flow } = parseFlow({
  sufler: 2,
  id: "t",
  kind: "ivr",
  title: {},
  languages: ["ru"],
  prompts: { hello: { ru: "Здравствуйте" } },
  start: "say",
  nodes: {
    say: { type: "say", config: { prompt: "hello" }, exits: { next: "end" } },
    end: { type: "hangup", config: { outcome: "served" }, exits: {} },
  },
});

/** The shortest whole call: a greeting, then a hang-up with outcome `served`. */
export const greetingFlow = { flow: flow!, machine: createFlowMachine(compileFlow(flow!)) };

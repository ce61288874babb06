import type { Flow, FlowNode } from "../schema/flow.ts";
import type { Issue } from "../schema/issue.ts";
import { aspects } from "./aspects.ts";
import { emptyMemory, prepare } from "./prepare.ts";
import type { Around, CheckedNode, Environment, Finding, FlowRule, NodeRule, Rule } from "./rule.ts";
import { rules } from "./rules.ts";

/** Checks one flow repeatedly while it is edited. */
export type Checker = { check(flow: Flow): Issue[] };

type Numbered<R extends Rule> = { rule: R; at: number };
type Found = { at: number; issue: Issue };

const isNodeRule = (rule: Rule): rule is NodeRule => "each" in rule;
const numbered = rules.map((rule, at) => ({ rule, at }));
const nodeRules = numbered.filter((item): item is Numbered<NodeRule> => isNodeRule(item.rule));
const flowRules = numbered.filter((item): item is Numbered<FlowRule> => !isNodeRule(item.rule));
const order = { error: 0, warning: 1, info: 2 };
const nothing: readonly Found[] = [];

/**
 * A checker for one environment. Facts about a node are cached by the identity of the node object, so a flow
 * with one changed node is checked in a few milliseconds. Never throws: a rule that fails is itself an issue.
 */
export function createChecker(environment: Environment = {}): Checker {
  const memory = emptyMemory();
  const answers = new Map<FlowRule, { turn: string; found: readonly Found[] }>();
  let about = "";
  const single = new NodeAnswers();

  return {
    check(flow) {
      if (flow.id !== about) {
        about = flow.id;
        answers.clear();
      }
      const context = prepare(flow, environment, memory);
      const { kind, languages, outcomes, prompts, inputs, variables, passport } = flow;
      const around: Around = {
        flow: { kind, languages, outcomes, prompts, inputs, variables, passport },
        environment,
        prompt: context.prompt,
        sayMs: context.sayMs,
      };
      const found = single.of(context.nodes, around, [flow.id, kind, languages, outcomes, inputs, variables, passport], prompts);
      const ask = (rule: FlowRule): Finding[] => rule.check(context);
      for (const each of flowRules) {
        const { rule } = each;
        const turn = (rule.needs ?? aspects).map((aspect) => context.turns[aspect]).join();
        let known = answers.get(rule);
        if (known?.turn !== turn) answers.set(rule, (known = { turn, found: ofRule(flow.id, each, ask) }));
        if (known.found.length > 0) found.push(...known.found);
      }
      return found.sort((a, b) => order[a.issue.severity] - order[b.issue.severity] || a.at - b.at).map((item) => item.issue);
    },
  };
}

type OwnRules = { plain: readonly Numbered<NodeRule>[]; texts: readonly Numbered<NodeRule>[] };
/** What was found about a node: `texts` by the rules that look at the prompts, of the turn `said`. */
type Answers = { id: string; plain: readonly Found[]; texts: readonly Found[]; said: number };

/** Findings of single-node rules, cached by node as long as the other inputs do not change. */
class NodeAnswers {
  private readonly byType = new Map<string, OwnRules>();
  private kept = new WeakMap<FlowNode, Answers>();
  private seen: readonly unknown[] = [];
  private prompts: unknown;
  private said = 0;

  /** `head` is what all rules look at, the flow's id first; some look at the prompts, too. */
  of(nodes: readonly CheckedNode[], around: Around, head: readonly unknown[], prompts: unknown): Found[] {
    if (head.some((each, index) => each !== this.seen[index])) this.kept = new WeakMap();
    if (prompts !== this.prompts) this.said++;
    this.seen = head;
    this.prompts = prompts;
    const flow = String(head[0]);
    const found: Found[] = [];
    for (const node of nodes) {
      const known = this.answersFor(flow, node, around);
      if (known.plain.length > 0) found.push(...known.plain);
      if (known.texts.length > 0) found.push(...known.texts);
    }
    return found;
  }

  private answersFor(flow: string, node: CheckedNode, around: Around): Answers {
    const { plain, texts } = this.rulesFor(node.node.type);
    let known = this.kept.get(node.node);
    if (known?.id !== node.id) {
      known = { id: node.id, plain: ofNode(flow, plain, node, around), texts: ofNode(flow, texts, node, around), said: this.said };
      this.kept.set(node.node, known);
    } else if (known.said !== this.said) {
      known.texts = ofNode(flow, texts, node, around);
      known.said = this.said;
    }
    return known;
  }

  private rulesFor(type: string): OwnRules {
    let own = this.byType.get(type);
    if (!own) {
      const all = nodeRules.filter(({ rule }) => rule.types === undefined || rule.types.includes(type));
      this.byType.set(type, (own = { plain: all.filter(({ rule }) => !rule.texts), texts: all.filter(({ rule }) => rule.texts) }));
    }
    return own;
  }
}

function ofNode(flow: string, own: readonly Numbered<NodeRule>[], node: CheckedNode, around: Around): readonly Found[] {
  let found: readonly Found[] = nothing;
  const ask = (rule: NodeRule): Finding[] => rule.each(node, around);
  for (const each of own) {
    const said = ofRule(flow, each, ask);
    if (said.length > 0) found = [...found, ...said];
  }
  return found;
}

function ofRule<R extends Rule>(flow: string, { rule, at }: Numbered<R>, ask: (rule: R) => Finding[]): readonly Found[] {
  const { code, severity } = rule;
  try {
    const findings = ask(rule);
    if (findings.length === 0) return nothing;
    return findings.map(({ fixes, ...finding }) => ({
      at,
      issue: { flow, code, severity, ...finding, ...(fixes && fixes.length > 0 ? { fixes } : {}) },
    }));
  } catch (error) {
    const message = `${code}: ${error instanceof Error ? error.message : String(error)}`;
    return [{ at, issue: { flow, node: null, code: "check-failed", severity: "error", message: { ru: message, en: message } } }];
  }
}

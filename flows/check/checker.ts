import type { Flow, FlowNode } from "../schema/flow.ts";
import type { Issue } from "../schema/issue.ts";
import { aspects } from "./aspects.ts";
import { emptyMemory, prepare } from "./prepare.ts";
import type { Around, CheckedNode, Environment, Finding, FlowRule, NodeRule, Rule } from "./rule.ts";
import { rules } from "./rules.ts";

/** Checks one flow again and again while it is drawn. */
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
 * A checker for one environment. What it finds out about a node is kept by the identity of the node object, so a flow
 * of which one node has changed is checked in a few milliseconds. Never throws: a rule that fails is itself an issue.
 */
export function createChecker(environment: Environment = {}): Checker {
  const memory = emptyMemory();
  const answers = new Map<FlowRule, { turn: string; found: readonly Found[] }>();
  let about = "";
  const plain = new NodeAnswers(nodeRules.filter(({ rule }) => !rule.texts));
  const texts = new NodeAnswers(nodeRules.filter(({ rule }) => rule.texts));

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
      const head = [flow.id, kind, languages, outcomes, inputs, variables, passport];
      const found = [...plain.of(context.nodes, around, head), ...texts.of(context.nodes, around, [...head, prompts])];
      for (const { rule, at } of flowRules) {
        const turn = (rule.needs ?? aspects).map((aspect) => context.turns[aspect]).join();
        let known = answers.get(rule);
        if (known?.turn !== turn) answers.set(rule, (known = { turn, found: ofRule(flow.id, rule, at, () => rule.check(context)) }));
        if (known.found.length > 0) found.push(...known.found);
      }
      return found.sort((a, b) => order[a.issue.severity] - order[b.issue.severity] || a.at - b.at).map((item) => item.issue);
    },
  };
}

/** Findings of rules about single nodes, kept by node as long as what they look at besides is the same. */
class NodeAnswers {
  private readonly rules: readonly Numbered<NodeRule>[];
  private readonly byType = new Map<string, readonly Numbered<NodeRule>[]>();
  private kept = new WeakMap<FlowNode, { id: string; found: readonly Found[] }>();
  private seen: readonly unknown[] = [];

  constructor(own: readonly Numbered<NodeRule>[]) {
    this.rules = own;
  }

  of(nodes: readonly CheckedNode[], around: Around, looksAt: readonly unknown[]): Found[] {
    if (looksAt.some((each, index) => each !== this.seen[index])) this.kept = new WeakMap();
    this.seen = looksAt;
    const found: Found[] = [];
    for (const node of nodes) {
      let known = this.kept.get(node.node);
      if (known?.id !== node.id) this.kept.set(node.node, (known = { id: node.id, found: this.ofNode(String(looksAt[0]), node, around) }));
      if (known.found.length > 0) found.push(...known.found);
    }
    return found;
  }

  private ofNode(flow: string, node: CheckedNode, around: Around): readonly Found[] {
    const { type } = node.node;
    let own = this.byType.get(type);
    if (!own) this.byType.set(type, (own = this.rules.filter(({ rule }) => rule.types === undefined || rule.types.includes(type))));
    let found: Found[] | null = null;
    for (const { rule, at } of own) {
      const said = ofRule(flow, rule, at, () => rule.each(node, around));
      if (said.length > 0) found = found ? [...found, ...said] : said;
    }
    return found ?? nothing;
  }
}

const silent: Found[] = [];

function ofRule(flow: string, { code, severity }: Rule, at: number, check: () => Finding[]): Found[] {
  try {
    const findings = check();
    if (findings.length === 0) return silent;
    return findings.map(({ fixes, ...finding }) => ({
      at,
      issue: { flow, code, severity, ...finding, ...(fixes && fixes.length > 0 ? { fixes } : {}) },
    }));
  } catch (error) {
    const message = `${code}: ${error instanceof Error ? error.message : String(error)}`;
    return [{ at, issue: { flow, node: null, code: "check-failed", severity: "error", message: { ru: message, en: message } } }];
  }
}

import { compileExpression, type Compiled, type ExpressionError } from "../expressions/cel.ts";
import { TextError } from "../expressions/text-error.ts";
import { typedEnvironment } from "../expressions/typed-environment.ts";
import type { Flow } from "../schema/flow.ts";
import { expressionFacts } from "./expression-references.ts";
import type { CheckedNode } from "./rule.ts";

type Environment = ReturnType<typeof typedEnvironment>;

export type Typed = { type: string } | { error: ExpressionError };

/**
 * The types of expressions, cached between checks: an expression is recompiled only when the
 * type of a name that it reads has changed.
 */
export class TypedExpressions {
  private readonly known = new Map<string, Typed>();
  private types: ReadonlyMap<string, string> = new Map();
  private readonly present = new Map<string, Typed>();
  private text = "";
  private turn = "";
  private signature = -1;
  private environment: Environment | null = null;
  private make: () => Environment = () => typedEnvironment({} as Flow, []);

  /** Updates the names of a flow; cheap if they have not changed. */
  take(flow: Flow, nodes: readonly CheckedNode[], turn: string): void {
    if (turn === this.turn) return;
    this.turn = turn;
    this.types = typesOf(flow, nodes);
    const text = `${flow.languages[0]}\n${[...this.types].map(([name, type]) => `${name}:${type}`).join("\n")}`;
    if (text !== this.text) {
      this.text = text;
      this.signature++;
      this.environment = null;
      this.present.clear();
    }
    this.make = () =>
      typedEnvironment(
        flow,
        nodes.flatMap(({ facts }) => facts.results),
      );
  }

  of(source: string): Typed {
    const now = this.present.get(source);
    if (now) return now;
    const typed = this.compiled(source);
    this.present.set(source, typed);
    return typed;
  }

  private compiled(source: string): Typed {
    const key = this.keyOf(source);
    const before = this.known.get(key);
    if (before) return before;
    if (this.known.size > 50_000) this.known.clear();
    this.environment ??= this.make();
    const compiled = compileExpression(this.environment(source), source);
    const typed = "error" in compiled ? { error: compiled.error } : (constantFailure(source, compiled.program) ?? { type: compiled.type });
    this.known.set(key, typed);
    return typed;
  }

  /** A source with the types of the names it reads; with all names when it reads a map as a whole. */
  private keyOf(source: string): string {
    const { references, readable } = expressionFacts(source);
    if (!readable) return source;
    let key = source;
    for (const { root, name } of references) {
      if (root !== "vars" && root !== "result" && root !== "inputs") continue;
      key += name === null ? `\n*${this.signature}` : `\n${this.types.get(`${root === "inputs" ? "inputs" : "vars"}.${name}`) ?? "-"}`;
    }
    return key;
  }
}

/** An expression that reads nothing of the call fails now as it would in every call: `date("30.02.2026")`, `[1, 2][5]`. */
function constantFailure(source: string, program: Compiled): { error: ExpressionError } | null {
  const { references, readable } = expressionFacts(source);
  if (!readable || references.length > 0) return null;
  try {
    program({ callZone: "", operator: { name: "", gender: "" } });
    return null;
  } catch (error) {
    const [message = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { error: { message, position: 0, ...(error instanceof TextError ? { russian: error.russian } : {}) } };
  }
}

function typesOf(flow: Flow, nodes: readonly CheckedNode[]): Map<string, string> {
  const types = new Map<string, string>();
  const add = (name: string, type: string) => {
    const before = types.get(name);
    if (before === undefined) types.set(name, type);
    else if (!before.split("|").includes(type)) types.set(name, `${before}|${type}`);
  };
  for (const name in flow.inputs) add(`inputs.${name}`, flow.inputs[name]!.type);
  for (const { facts } of nodes) for (const { name, type } of facts.results) add(`vars.${name}`, type);
  for (const name in flow.variables) add(`vars.${name}`, flow.variables[name]!.type);
  return types;
}

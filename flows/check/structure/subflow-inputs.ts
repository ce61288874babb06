import type { Flow } from "../../schema/flow.ts";
import type { DocumentPath, Fix } from "../../schema/issue.ts";
import { nearest } from "../fixes/nearest.ts";
import { nodePath } from "../fixes/places.ts";
import type { CheckContext, CheckedNode, Finding, FlowRule } from "../rule.ts";

type Ref = { part?: string; flow?: string; inputs: Record<string, string> };
type Played = { ref: Ref; path: string[] };

/** Inputs of a subflow: a required input that is not passed, or a passed input that does not exist. */
export const subflowInputs: FlowRule = {
  code: "subflow-inputs",
  severity: "warning",
  needs: ["shape", "names", "forms", "head"],
  check: (context) => [...context.ofType("subflow"), ...context.ofType("parallel"), ...context.ofType("race")].flatMap((node) => inputs(context, node)),
};

function inputs(context: CheckContext, node: CheckedNode): Finding[] {
  const documents = context.environment.documents ?? {};
  return playedBy(node).flatMap((played) => {
    const { flow, part } = played.ref;
    const document = !part && flow !== undefined && Object.hasOwn(documents, flow) ? documents[flow] : undefined;
    return document ? [...missing(context, node, played, document), ...unknown(node, played, document)] : [];
  });
}

function playedBy({ node, config }: CheckedNode): Played[] {
  if (node.type === "subflow") return [{ ref: config as Ref, path: [] }];
  return (config as { branches: Ref[] }).branches.map((ref, index) => ({ ref, path: ["branches", String(index)] }));
}

function missing(context: CheckContext, node: CheckedNode, { ref, path }: Played, document: Flow): Finding[] {
  const needed = Object.entries(document.inputs).filter(
    ([name, { required, default: begins }]) => required && begins === undefined && !Object.hasOwn(ref.inputs, name),
  );
  return needed.map(([name]) => ({
    node: node.id,
    path: ["config", ...path, "inputs"].join("."),
    message: {
      ru: `«${ref.flow}» нужно поле «${name}», а его не передают: впишите его во входные данные`,
      en: `"${ref.flow}" requires "${name}", but it is not passed: add it to the inputs`,
    },
    fixes: handOn(context, name, [...inputsPath(node, path), name]),
  }));
}

/** A variable with the same name is most likely meant. */
function handOn({ flow, nodes }: CheckContext, name: string, to: DocumentPath): Fix[] {
  const saved = Object.hasOwn(flow.variables, name) || nodes.some(({ facts }) => facts.results.some((item) => item.name === name));
  const source = Object.hasOwn(flow.inputs, name) ? `inputs.${name}` : saved ? `vars.${name}` : null;
  return source === null ? [] : [{ title: { ru: `Передать ${source}`, en: `Pass ${source}` }, edits: [{ set: to, to: source }] }];
}

function unknown(node: CheckedNode, { ref, path }: Played, document: Flow): Finding[] {
  const extra = Object.keys(ref.inputs).filter((name) => !Object.hasOwn(document.inputs, name));
  return extra.map((name) => {
    const place = inputsPath(node, path);
    const meant = nearest(
      name,
      Object.keys(document.inputs).filter((each) => !Object.hasOwn(ref.inputs, each)),
    );
    const remove = { remove: [...place, name] };
    const rename = {
      title: { ru: `Назвать «${meant}»`, en: `Rename to "${meant}"` },
      edits: [{ set: [...place, meant ?? name], to: ref.inputs[name] }, remove],
    };
    return {
      node: node.id,
      path: ["config", ...path, "inputs", name].join("."),
      message: { ru: `у «${ref.flow}» нет поля «${name}»: оно никуда не попадёт`, en: `"${ref.flow}" has no input "${name}": the value is not used` },
      fixes: [...(meant === null ? [] : [rename]), { title: { ru: `Убрать «${name}»`, en: `Remove "${name}"` }, edits: [remove] }],
    };
  });
}

const inputsPath = (node: CheckedNode, path: readonly string[]): string[] => [...nodePath(node), "config", ...path, "inputs"];

import type { Fix } from "../../schema/issue.ts";
import { nodePath } from "../fixes/places.ts";
import type { CheckedNode, Finding, FlowRule } from "../rule.ts";
import { maskedVariables, reveals } from "./masked-variables.ts";

/** Fields of each node type that are stored or shown: everything except the body of an https request. */
const shown: Readonly<Record<string, (path: string, node: CheckedNode) => boolean>> = {
  milestone: () => true,
  "save-result": () => true,
  notify: () => true,
  "screen-pop": () => true,
  callback: (path) => path === "note",
  list: (path) => path === "reason",
  "connect-operator": () => true,
  http: (path, { config }) => path === "url" || !/^https:/i.test((config as { url: string }).url.trim()),
};

/** A secret answer is written to the journal, the result, a message or a URL. */
export const secretLogged: FlowRule = {
  code: "secret-logged",
  severity: "error",
  needs: ["shape", "forms"],
  check(context) {
    const masked = maskedVariables(context);
    return masked.size === 0 ? [] : context.nodes.flatMap((node) => logged(node, masked));
  },
};

function logged(node: CheckedNode, masked: ReadonlySet<string>): Finding[] {
  const keeps = Object.hasOwn(shown, node.node.type) ? shown[node.node.type]! : null;
  if (!keeps) return [];
  const read = node.facts.reads.find((each) => reveals(each, masked) && keeps(each.path, node));
  if (!read) return [];
  return [
    {
      node: node.id,
      path: `config.${read.path}`,
      message: {
        ru: `«${read.name}» введено секретно, а здесь сохраняется открыто: уберите или оставьте последние цифры`,
        en: `"${read.name}" is secret but is stored as plain text here: remove it or keep only the last digits`,
      },
      fixes: takeOut(node, read.path),
    },
  ];
}

/** A named value can be removed; the author has to rewrite a text. */
function takeOut(node: CheckedNode, path: string): Fix[] {
  const [group, name] = path.split(".");
  if (group !== "data" || name === undefined) return [];
  return [{ title: { ru: `Убрать «${name}»`, en: `Remove "${name}"` }, edits: [{ remove: [...nodePath(node), "config", group, name] }] }];
}

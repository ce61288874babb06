import type { Fix } from "../schema/issue.ts";
import { nearest } from "./fixes/nearest.ts";
import { setConfig } from "./fixes/places.ts";
import type { CheckedNode, Environment, FlowRule } from "./rule.ts";

const names: Record<string, { ru: string; en: string; it?: string; of: (environment: Environment) => string[] | undefined }> = {
  list: { ru: "списка", en: "list", of: (environment) => environment.lists },
  calendar: { ru: "календаря", en: "calendar", of: (environment) => environment.calendars },
  trunk: { ru: "транка", en: "trunk", of: (environment) => environment.trunks },
  table: { ru: "таблицы", en: "table", it: "её", of: (environment) => environment.tables },
  switch: { ru: "переключателя", en: "switch", of: (environment) => environment.switches },
  connector: { ru: "подключения к CRM", en: "CRM connector", of: (environment) => environment.connectors },
  flow: { ru: "опубликованного сценария", en: "published flow", of: (environment) => environment.flows?.map((flow) => flow.id) },
};

/** A symbol that is not bound in the environment. */
export const unknownSymbol: FlowRule = {
  code: "unknown-symbol",
  severity: "error",
  needs: ["forms"],
  check: ({ nodes, environment }) =>
    nodes.flatMap((node) =>
      node.facts.symbols.flatMap(({ kind, name }) => {
        const kindName = names[kind];
        const known = kindName?.of(environment);
        if (!kindName || !known || known.includes(name) || name === "default") return [];
        return [
          {
            node: node.id,
            message: {
              ru: `нет ${kindName.ru} «${name}»: создайте ${kindName.it ?? "его"} в настройках`,
              en: `${kindName.en} "${name}" does not exist: create it in the settings`,
            },
            fixes: meant(node, name, known),
          },
        ];
      }),
    ),
};

/** Replaces the wrong name with the most similar known one. */
function meant(node: CheckedNode, name: string, known: readonly string[]): Fix[] {
  const near = nearest(name, known);
  const fields = Object.keys(node.node.config).filter((field) => node.node.config[field] === name);
  if (near === null || fields.length !== 1) return [];
  return [{ title: { ru: `Взять «${near}»`, en: `Use "${near}"` }, edits: [setConfig(node, fields, near)] }];
}

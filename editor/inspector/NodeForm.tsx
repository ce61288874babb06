import { Collapse, Stack, UnstyledButton } from "@mantine/core";
import { useEffect, useState } from "react";
import { formOf, type FieldKind, type FormField } from "../../flows/schema/fields.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconChevronDown, IconChevronRight } from "../ui/icons.ts";
import type { FieldProps } from "./field-view.ts";
import { ChoiceField } from "./fields/ChoiceField.tsx";
import { DigitsField } from "./fields/DigitsField.tsx";
import { ExpressionField } from "./fields/ExpressionField.tsx";
import { FlagField } from "./fields/FlagField.tsx";
import { ListField } from "./fields/ListField.tsx";
import { NameField } from "./fields/NameField.tsx";
import { NodeField } from "./fields/NodeField.tsx";
import { NumberField } from "./fields/NumberField.tsx";
import { PairsField } from "./fields/PairsField.tsx";
import { PromptField } from "./fields/PromptField.tsx";
import { SymbolField } from "./fields/SymbolField.tsx";
import { TemplateField } from "./fields/TemplateField.tsx";
import { TextField } from "./fields/TextField.tsx";
import classes from "./inspector.module.css";
import { useNodeEdit } from "./use-node-edit.ts";

const fields = {
  prompt: PromptField,
  expression: ExpressionField,
  template: TemplateField,
  text: TextField,
  number: NumberField,
  flag: FlagField,
  choice: ChoiceField,
  name: NameField,
  symbol: SymbolField,
  list: ListField,
  pairs: PairsField,
  digits: DigitsField,
  node: NodeField,
} satisfies Record<FieldKind, (props: FieldProps) => React.ReactNode>;

export function Field(props: FieldProps) {
  const Drawn = fields[props.field.kind];
  return <Drawn {...props} />;
}

/** The form of a node, generated from its schema. */
export function NodeForm({ node, type }: { node: string; type: string }) {
  const { t } = useWords();
  const [more, setMore] = useState(false);
  const definition = nodeTypes[type];
  const asked = useFlow((state) => state.selection.field);
  const form = definition ? formOf(definition.config) : [];
  const advanced = form.filter((field) => field.advanced);
  useEffect(() => {
    if (advanced.some((field) => asked?.startsWith(`config.${field.name}`))) setMore(true);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when another place is asked for
  }, [asked]);
  if (!definition) return <p className={classes.note}>{t("inspector.unknownType", { type })}</p>;
  return (
    <Stack gap={10}>
      {form
        .filter((field) => !field.advanced)
        .map((field) => (
          <BoundField key={`${node}.${field.name}`} node={node} field={field} />
        ))}
      {advanced.length > 0 && (
        <>
          <UnstyledButton className={classes.moreToggle} aria-expanded={more} onClick={() => setMore(!more)}>
            {more ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
            {t("inspector.more")}
          </UnstyledButton>
          <Collapse expanded={more}>
            <Stack gap={10}>{more && advanced.map((field) => <BoundField key={`${node}.${field.name}`} node={node} field={field} />)}</Stack>
          </Collapse>
        </>
      )}
    </Stack>
  );
}

function BoundField({ node, field }: { node: string; field: FormField }) {
  const value = useFlow((state) => state.flow.nodes[node]?.config[field.name]);
  const edit = useNodeEdit(node);
  return (
    <div data-path={`config.${field.name}`}>
      <Field
        field={field}
        value={value === undefined ? field.default : value}
        node={node}
        path={[field.name]}
        onChange={(next) => edit.set([field.name], next)}
      />
    </div>
  );
}

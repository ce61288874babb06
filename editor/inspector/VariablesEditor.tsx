import { Checkbox, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { FlowVariable } from "../../flows/schema/flow.ts";
import { namePattern } from "../../flows/schema/ids.ts";
import { valueTypes, type Value, type ValueType } from "../../flows/schema/values.ts";
import { setInputs } from "../document/edits/set-inputs.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconDots, IconPlus, IconX } from "../ui/icons.ts";
import { DraftInput } from "./fields/DraftInput.tsx";
import { InputLimits } from "./InputLimits.tsx";
import { withOwn } from "../ui/own-text.ts";
import classes from "./inspector.module.css";
import { readValue } from "./read-value.ts";

/** Inputs, or variables with a type and an initial value. */
export function VariablesEditor({ part }: { part: "inputs" | "variables" }) {
  const { t } = useWords();
  const store = useFlowStore();
  const values = useFlow((state) => state.flow[part]);
  const put = (next: Record<string, FlowVariable>) => store.edit(setInputs(part, next));
  const rename = (from: string, to: string) => put(Object.fromEntries(Object.entries(values).map(([name, value]) => [name === from ? to : name, value])));
  const add = () => {
    let n = Object.keys(values).length + 1;
    while (`value${n}` in values) n++;
    put({ ...values, [`value${n}`]: { type: "string" } });
  };
  return (
    <div className={classes.section}>
      <div className={classes.sectionTitle}>
        <span>{t(`flow.${part}`)}</span>
        <IconButton size={24} label={t(`flow.add.${part}`)} onClick={add}>
          <IconPlus size={15} />
        </IconButton>
      </div>
      {Object.keys(values).length === 0 && (
        <Text fz="xs" c="dimmed">
          {t(`flow.${part}Help`)}
        </Text>
      )}
      <Stack gap={6}>
        {Object.entries(values).map(([name, variable]) => (
          <VariableRow
            key={name}
            name={name}
            variable={variable}
            input={part === "inputs"}
            taken={(draft) => draft in values}
            rename={(next) => rename(name, next)}
            change={(next) => put({ ...values, [name]: next })}
            remove={() => put(Object.fromEntries(Object.entries(values).filter(([other]) => other !== name)))}
          />
        ))}
      </Stack>
    </div>
  );
}

type RowProps = {
  name: string;
  variable: FlowVariable;
  input: boolean;
  taken(name: string): boolean;
  rename(name: string): void;
  change(next: FlowVariable): void;
  remove(): void;
};

function VariableRow({ name, variable, input, taken, rename, change, remove }: RowProps) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  const check = (draft: string) => (!namePattern.test(draft) ? t("inspector.badName") : taken(draft) ? t("inspector.taken") : null);
  return (
    <div className={classes.variable}>
      <DraftInput name={`${t("flow.variableName")}: ${name}`} value={name} mono onCommit={rename} check={check} />
      <Select
        aria-label={`${t("flow.type")}: ${name}`}
        data={valueTypes.map((value) => ({ value, label: t(`type.${value}`) }))}
        value={variable.type}
        allowDeselect={false}
        onChange={(type) => change({ ...variable, type: (type ?? "string") as ValueType })}
      />
      <IconButton size={24} label={t("common.more")} pressed={open} onClick={() => setOpen(!open)}>
        <IconDots size={14} />
      </IconButton>
      <IconButton size={24} label={t("common.remove")} onClick={remove}>
        <IconX size={14} />
      </IconButton>
      {open && (
        <div className={classes.variableMore}>
          <TextInput
            label={t("flow.variableTitle")}
            value={variable.title?.[language] ?? ""}
            onChange={(event) => change({ ...variable, title: withOwn(variable.title, language, event.currentTarget.value) })}
          />
          <DraftInput label={t("flow.default")} value={shown(variable.default)} onCommit={(text) => change(withDefault(variable, text))} />
          {input && (
            <Checkbox
              label={t("flow.required")}
              checked={variable.required === true}
              onChange={(event) => change({ ...variable, required: event.currentTarget.checked })}
            />
          )}
          {input && (
            <Checkbox
              label={t("flow.handover")}
              checked={variable.handover === true}
              onChange={(event) => change(withHandover(variable, event.currentTarget.checked))}
            />
          )}
          {input && <InputLimits variable={variable} change={change} />}
        </div>
      )}
    </div>
  );
}

const shown = (value: Value | undefined): string => (value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value));

function withDefault(variable: FlowVariable, text: string): FlowVariable {
  const { default: _old, ...rest } = variable;
  return text === "" ? rest : { ...rest, default: readValue(variable.type, text) };
}

function withHandover(variable: FlowVariable, on: boolean): FlowVariable {
  const { handover: _old, ...rest } = variable;
  return on ? { ...rest, handover: true } : rest;
}

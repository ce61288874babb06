import { Button, NumberInput, TextInput } from "@mantine/core";
import type { FlowVariable } from "../../flows/schema/flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconPlus, IconX } from "../ui/icons.ts";
import { DraftInput } from "./fields/DraftInput.tsx";
import classes from "./inspector.module.css";
import { readValue } from "./read-value.ts";

type Props = { variable: FlowVariable; change(next: FlowVariable): void };
type Option = NonNullable<FlowVariable["options"]>[number];

/** Limits of an input: bounds of a number, or a list of choices. */
export function InputLimits({ variable, change }: Props) {
  const { t } = useWords();
  const { type, options = [] } = variable;
  const numeric = type === "number" || type === "money";
  if (!numeric && type !== "string" && type !== "phone") return null;
  const bound = (name: "min" | "max") => (
    <NumberInput label={t(`flow.${name}`)} value={variable[name] ?? ""} onChange={(next) => change(withBound(variable, name, next))} />
  );
  const put = (next: Option[]) => change(withOptions(variable, next));
  return (
    <>
      {numeric && options.length === 0 && (
        <>
          {bound("min")}
          {bound("max")}
        </>
      )}
      {options.map((option, index) => (
        <OptionRow
          key={index}
          option={option}
          taken={(text) => options.some((other) => other !== option && String(other.value) === text)}
          numeric={numeric}
          change={(next) => put(options.map((each, at) => (at === index ? next : each)))}
          remove={() => put(options.filter((_each, at) => at !== index))}
        />
      ))}
      <Button
        className={classes.wide!}
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={13} />}
        onClick={() => put([...options, { value: freeValue(options, numeric) }])}
      >
        {t("flow.addChoice")}
      </Button>
    </>
  );
}

type RowProps = { option: Option; numeric: boolean; taken(text: string): boolean; change(next: Option): void; remove(): void };

function OptionRow({ option, numeric, taken, change, remove }: RowProps) {
  const { t, language } = useWords();
  const check = (text: string) =>
    text.trim() === "" || taken(text) || (numeric && !Number.isFinite(Number(text.replace(",", ".")))) ? t("flow.badChoice") : null;
  return (
    <div className={classes.choiceRow}>
      <DraftInput
        label={t("flow.choiceValue")}
        value={String(option.value)}
        mono
        check={check}
        onCommit={(text) => change({ ...option, value: numeric ? Number(readValue("number", text)) : text })}
      />
      <TextInput
        label={t("flow.choiceTitle")}
        value={option.title?.[language] ?? ""}
        onChange={(event) => change({ ...option, title: { ...option.title, [language]: event.currentTarget.value } })}
      />
      <IconButton size={24} label={t("common.remove")} onClick={remove}>
        <IconX size={14} />
      </IconButton>
    </div>
  );
}

function withBound(variable: FlowVariable, name: "min" | "max", next: string | number): FlowVariable {
  const { [name]: _old, ...rest } = variable;
  return typeof next === "number" ? { ...rest, [name]: next } : rest;
}

function withOptions(variable: FlowVariable, options: Option[]): FlowVariable {
  const { options: _old, ...rest } = variable;
  return options.length > 0 ? { ...rest, options } : rest;
}

function freeValue(options: readonly Option[], numeric: boolean): string | number {
  for (let n = options.length + 1; ; n++) {
    const value = numeric ? n : `choice${n}`;
    if (!options.some((option) => option.value === value)) return value;
  }
}

import { Button, Checkbox, NativeSelect, Textarea, TextInput, UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import { readNumber } from "../../flows/language/read-number.ts";
import type { ShownField } from "../../flows/commands.ts";
import type { DeskRun } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { IconChevronDown, IconChevronRight, IconClipboardText, IconInfoCircle } from "../ui/icons.ts";
import classes from "./desk.module.css";
import type { Run } from "./use-run.ts";

type Props = { shown: NonNullable<DeskRun["shown"]>; state: Run; know: boolean; onKnow(): void; canGoBack: boolean };

/** One step on one screen: what to say, instruction, background, fields, answers. */
export function StepCard({ shown, state, know, onKnow, canGoBack }: Props) {
  const { t } = useWords();
  const { step } = shown;
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const needed = step.fields.find((field) => field.required && !state.fields[field.name]);
    const field = needed && first.current?.querySelector<HTMLInputElement>(`[data-field="${CSS.escape(needed.name)}"]`);
    if (field) field.focus();
    else (document.activeElement as HTMLElement | null)?.blur?.();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each step: the cursor stands where text is needed
  }, []);
  useEffect(() => {
    const wrong = state.missing[0] ?? state.invalid[0];
    if (wrong) first.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(wrong)}"]`)?.focus();
  }, [state.missing, state.invalid]);
  return (
    <article className={classes.step} data-node={shown.node} data-kind={step.kind}>
      {step.say && <p className={classes.say}>{step.say}</p>}
      {step.instruction && (
        <p className={classes.instruction}>
          <IconClipboardText size={17} aria-label={t("desk.instruction")} />
          {step.instruction}
        </p>
      )}
      {step.know && (
        <div className={classes.know}>
          <UnstyledButton className={classes.knowToggle} aria-expanded={know} onClick={onKnow}>
            {know ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
            <IconInfoCircle size={15} />
            {t("desk.know")} <kbd>K</kbd>
          </UnstyledButton>
          {know && <p>{step.know}</p>}
        </div>
      )}
      {step.fields.length > 0 && (
        <div className={classes.fields} ref={first}>
          {step.fields.map((field) => (
            <DeskField
              key={field.name}
              field={field}
              value={state.fields[field.name]}
              error={state.missing.includes(field.name) ? t("desk.required") : state.invalid.includes(field.name) ? t(invalidKey(field.type)) : null}
              onChange={(value) => state.setField(field.name, value)}
            />
          ))}
        </div>
      )}
      <div className={classes.answers} data-many={step.answers.length > 4 || undefined}>
        {step.answers.map((answer, index) => (
          <UnstyledButton key={answer.value} className={classes.answer} disabled={state.busy} onClick={() => state.choose(answer.value)}>
            {index < 9 && <kbd>{index + 1}</kbd>}
            <span>{answer.label}</span>
          </UnstyledButton>
        ))}
        {step.answers.length === 0 && (
          <Button size="md" rightSection={<kbd>Enter</kbd>} disabled={state.busy} onClick={() => state.choose("")}>
            {t("desk.forward")}
          </Button>
        )}
      </div>
      {canGoBack && (
        <UnstyledButton className={classes.back} onClick={() => state.back()}>
          <kbd>Backspace</kbd> <kbd>Alt ←</kbd> {t("common.back")}
        </UnstyledButton>
      )}
    </article>
  );
}

const invalidKey = (type: string): string => `desk.invalid.${["phone", "date", "time", "datetime"].includes(type) ? type : "number"}`;

type FieldProps = { field: ShownField; value: Run["fields"][string] | undefined; error: string | null; onChange(value: Run["fields"][string]): void };

function DeskField({ field, value, error, onChange }: FieldProps) {
  const text = value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
  const shared = { label: field.label, withAsterisk: field.required, error, size: "sm" as const, "data-field": field.name };
  if (field.type === "boolean")
    return (
      <Checkbox
        label={field.label}
        size="sm"
        data-field={field.name}
        checked={value === true}
        error={error}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (field.options.length > 0)
    return (
      <NativeSelect
        {...shared}
        value={text}
        data={["", ...field.options.map((option) => ({ value: option.value, label: option.label }))]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  if (field.type === "map" || field.type === "list")
    return <Textarea {...shared} autosize minRows={1} maxRows={3} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
  const kind = { date: "date", time: "time", datetime: "datetime-local", phone: "tel" }[field.type] ?? "text";
  const numeric = field.type === "number" || field.type === "money";
  return (
    <TextInput
      {...shared}
      type={kind}
      {...(numeric ? { inputMode: "decimal" } : {})}
      value={text}
      autoComplete="off"
      onChange={(event) => onChange(numeric ? asNumber(event.currentTarget.value) : event.currentTarget.value)}
    />
  );
}

/** "12,5" is a number once it is complete; while it is not, or could be two numbers, the text stays as typed. */
function asNumber(text: string): string | number {
  const read = readNumber(text, null);
  return "value" in read && String(read.value) === text.trim().replace(",", ".") ? read.value : text;
}

import { Input } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { useWords } from "../../i18n/index.ts";
import type { FieldProps } from "../field-view.ts";
import classes from "../inspector.module.css";

/** Label, help and error around a field that is not a single input of the kit. */
export function FieldFrame({
  field,
  error,
  compact,
  children,
  right,
}: Pick<FieldProps, "field" | "compact"> & { error?: string | null; children: (id: string) => ReactNode; right?: ReactNode }) {
  const { say } = useWords();
  const id = useId();
  return (
    <Input.Wrapper
      size="xs"
      id={id}
      label={
        <span className={classes.labelRow}>
          <span>{say(field.title)}</span>
          {right}
        </span>
      }
      labelProps={{ className: classes.label! }}
      description={compact ? undefined : say(field.help)}
      error={error ? <ErrorText text={error} /> : undefined}
    >
      {children(id)}
    </Input.Wrapper>
  );
}

/** Messages of expressions contain the source and a caret on separate lines. */
export function ErrorText({ text }: { text: string }) {
  const [first, ...rest] = text.split("\n");
  return (
    <>
      {first}
      {rest.length > 0 && <code className={classes.caret}>{rest.join("\n")}</code>}
    </>
  );
}

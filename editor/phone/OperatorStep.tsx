import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Value } from "../../flows/schema/values.ts";
import { useWords } from "../i18n/index.ts";
import classes from "./phone.module.css";
import type { PhoneSession } from "./phone-session.ts";

/** A script's step on the phone: words, fields, answers. A strategy shows what it waits for. */
export function OperatorStep({ session, kind }: { session: PhoneSession; kind: string }) {
  const { t } = useWords();
  const { shown } = session.player;
  const [fields, setFields] = useState<Record<string, Value>>({});
  useEffect(() => setFields(shown?.step.values ?? {}), [shown?.id, shown?.step.values]);
  if (!shown)
    return (
      <div className={classes.step}>
        <Text c="dimmed" fz="sm">
          {session.player.done ? t("phone.ended") : t(kind === "strategy" ? "phone.waitsStrategy" : "phone.waits")}
        </Text>
      </div>
    );
  const { step } = shown;
  return (
    <div className={classes.step}>
      <Text fz="md" fw={500}>
        {step.say}
      </Text>
      {step.instruction && (
        <Text fz="sm" fs="italic" c="dimmed">
          {step.instruction}
        </Text>
      )}
      <Stack gap={4} mt={6}>
        {step.fields.map((field) => (
          <TextInput
            key={field.name}
            label={field.label}
            required={field.required}
            value={String(fields[field.name] ?? "")}
            onChange={(event) => setFields({ ...fields, [field.name]: event.currentTarget.value })}
          />
        ))}
        {step.answers.map((answer, index) => (
          <Button
            key={answer.value}
            variant="default"
            justify="flex-start"
            leftSection={<kbd>{index + 1}</kbd>}
            onClick={() => session.choose(answer.value, fields)}
          >
            {answer.label}
          </Button>
        ))}
        {step.answers.length === 0 && <Button onClick={() => session.choose("", fields)}>{t("phone.nextStep")}</Button>}
        <Button variant="subtle" color="gray" onClick={() => session.backStep()}>
          {t("common.back")}
        </Button>
      </Stack>
    </div>
  );
}

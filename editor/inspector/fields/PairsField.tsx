import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useWords } from "../../i18n/index.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { IconPlus, IconX } from "../../ui/icons.ts";
import type { FieldProps } from "../field-view.ts";
import { FieldFrame } from "./FieldFrame.tsx";

/** Names with texts (headers). Rows live here while their name is empty. */
export function PairsField({ field, value, onChange }: FieldProps) {
  const { t } = useWords();
  const [rows, setRows] = useState<[string, string][]>(() => Object.entries((value as Record<string, string> | undefined) ?? {}));
  const outside = JSON.stringify(value ?? {});
  useEffect(() => {
    setRows((before) =>
      JSON.stringify(Object.fromEntries(before.filter(([name]) => name))) === outside ? before : (Object.entries(JSON.parse(outside)) as [string, string][]),
    );
  }, [outside]);
  const change = (next: [string, string][]) => {
    setRows(next);
    onChange(Object.fromEntries(next.filter(([name]) => name !== "")));
  };
  const put = (index: number, pair: [string, string]) => change(rows.map((row, at) => (at === index ? pair : row)));
  return (
    <FieldFrame field={field}>
      {() => (
        <Stack gap={4}>
          {rows.map(([name, text], index) => (
            <Group key={index} gap={4} wrap="nowrap">
              <TextInput
                aria-label={t("inspector.pairName")}
                placeholder={t("inspector.pairName")}
                value={name}
                onChange={(event) => put(index, [event.currentTarget.value, text])}
              />
              <TextInput
                aria-label={t("inspector.pairValue")}
                placeholder={t("inspector.pairValue")}
                value={text}
                onChange={(event) => put(index, [name, event.currentTarget.value])}
              />
              <IconButton label={t("common.remove")} onClick={() => change(rows.filter((_row, at) => at !== index))}>
                <IconX size={14} />
              </IconButton>
            </Group>
          ))}
          <Button variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => setRows([...rows, ["", ""]])}>
            {t("common.add")}
          </Button>
        </Stack>
      )}
    </FieldFrame>
  );
}

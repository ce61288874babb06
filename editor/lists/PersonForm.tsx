import { Button, Group, Modal, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { dataApi, type Person } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { textOf, valueOf } from "../settings/cell-text.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconPlus, IconX } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";

type Props = { person: Person | null; groups: readonly string[]; onClose(): void; onSaved(): void };
/** `text` is null while nobody has touched the field. */
type FieldRow = { name: string; text: string | null };

/** A person: name, groups, and fields by name. */
export function PersonForm({ person, groups, onClose, onSaved }: Props) {
  const { t } = useWords();
  const [phone, setPhone] = useState(person?.phone ?? "");
  const [name, setName] = useState(person?.name ?? "");
  const [own, setOwn] = useState<string[]>(person?.groups ?? []);
  const [rows, setRows] = useState<FieldRow[]>(Object.keys(person?.fields ?? {}).map((each) => ({ name: each, text: null })));
  const put = (index: number, change: Partial<FieldRow>) => setRows(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  const save = () => {
    const named = rows.filter((row) => row.name.trim() !== "");
    const fields = Object.fromEntries(named.map((row) => [row.name.trim(), row.text === null ? (person?.fields[row.name] ?? null) : valueOf(row.text)]));
    void attempt(() => dataApi.putPerson(phone.trim(), { name: name.trim(), fields, groups: own })).then((good) => good && onSaved());
  };
  return (
    <Modal opened onClose={onClose} title={person ? person.phone : t("people.new")} size={560}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          {!person && (
            <TextInput
              data-autofocus
              required
              label={t("lists.number")}
              placeholder="+7 900 000-00-00"
              value={phone}
              onChange={(event) => setPhone(event.currentTarget.value)}
            />
          )}
          <TextInput label={t("people.name")} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TagsInput label={t("people.groups")} data={[...groups]} value={own} onChange={setOwn} />
          <Text fz="xs" fw={600}>
            {t("people.fields")}
          </Text>
          {rows.map((row, index) => (
            <Group key={index} gap={6} wrap="nowrap">
              <TextInput
                w={180}
                aria-label={t("people.fieldName")}
                value={row.name}
                onChange={(event) => put(index, { name: event.currentTarget.value, text: row.text ?? textOf(person?.fields[row.name]) })}
              />
              <TextInput
                flex={1}
                aria-label={row.name || t("people.fieldValue")}
                value={row.text ?? textOf(person?.fields[row.name])}
                onChange={(event) => put(index, { text: event.currentTarget.value })}
              />
              <IconButton size={24} label={t("common.remove")} onClick={() => setRows(rows.filter((_row, at) => at !== index))}>
                <IconX size={14} />
              </IconButton>
            </Group>
          ))}
          <Button
            variant="subtle"
            size="compact-sm"
            w="fit-content"
            leftSection={<IconPlus size={13} />}
            onClick={() => setRows([...rows, { name: "", text: "" }])}
          >
            {t("people.addField")}
          </Button>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={phone.trim() === ""}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

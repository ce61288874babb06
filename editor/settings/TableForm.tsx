import { Button, Group, Modal, Stack, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { dataApi, type TableRow } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { idOf } from "../library/blank-flow.ts";
import { attempt } from "../ui/notify.ts";
import { ownText, withOwn } from "../ui/own-text.ts";

type Props = { table: TableRow | null; taken: readonly string[]; onClose(): void; onSaved(name: string): void };

/** Title and columns of a table. */
export function TableForm({ table, taken, onClose, onSaved }: Props) {
  const { t, say, language } = useWords();
  const [title, setTitle] = useState(ownText(table?.title, language));
  const [columns, setColumns] = useState<string[]>(table?.columns ?? []);
  const titled = withOwn(table?.title, language, title.trim());
  const save = () => {
    const name = table?.name ?? idOf(title, [...taken, "campaign"]);
    void attempt(() => dataApi.putTable(name, { title: titled, columns })).then((good) => good && onSaved(name));
  };
  return (
    <Modal opened onClose={onClose} title={t(table ? "tables.edit" : "tables.new")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            required={!table}
            label={t("tables.title")}
            placeholder={say(table?.title)}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <TagsInput
            label={t("tables.columns")}
            description={t("tables.columnsHelp")}
            value={columns}
            onChange={(next) => setColumns(next.map((column) => column.replace(/[."]/g, "_")))}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={Object.keys(titled).length === 0}>
              {t(table ? "common.save" : "common.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

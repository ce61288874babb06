import { Alert, Button, Checkbox, FileButton, Group, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { dataApi, type TableRow } from "../api/data.ts";
import { decode } from "../campaigns/decode-text.ts";
import { reasonText } from "../campaigns/reason-text.ts";
import { useWords } from "../i18n/index.ts";
import { IconUpload } from "../ui/icons.ts";
import { PreviewRows } from "../ui/PreviewRows.tsx";
import { useGuarded } from "../ui/use-guarded.ts";
import classes from "./settings.module.css";

type Preview = { columns: string[]; rows: string[][] };
type Outcome = Awaited<ReturnType<typeof dataApi.importTable>>;

/** Imports rows: CSV → key column → accepted and rejected rows. */
export function TableImport({ table, onClose }: { table: TableRow; onClose(): void }) {
  const { t, say } = useWords();
  const [csv, setCsv] = useState("");
  const [preview, setPreview] = useState<Preview | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const [replace, setReplace] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { busy, guarded } = useGuarded(t("import.failed"));
  const look = (text: string) =>
    guarded(async () => {
      setCsv(text);
      const found = await dataApi.previewTable(table.name, text);
      setPreview(found);
      setKey(found.columns[0] ?? null);
    });
  const take = () => guarded(async () => void (key && setOutcome(await dataApi.importTable(table.name, { csv, key, replace }))));
  return (
    <Modal opened onClose={onClose} title={t("tables.importTitle", { title: say(table.title, table.name) })} size={760}>
      {outcome ? (
        <Result outcome={outcome} onClose={onClose} />
      ) : preview ? (
        <Stack>
          <Select
            label={t("tables.keyColumn")}
            description={t("tables.keyColumnHelp")}
            allowDeselect={false}
            data={preview.columns}
            value={key}
            onChange={setKey}
          />
          <Checkbox
            label={t("tables.replace")}
            description={t("tables.replaceHelp")}
            checked={replace}
            onChange={(event) => setReplace(event.currentTarget.checked)}
          />
          <div className={classes.scroll}>
            <PreviewRows columns={preview.columns} rows={preview.rows} />
          </div>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setPreview(null)}>
              {t("common.back")}
            </Button>
            <Button loading={busy} disabled={!key} onClick={() => void take()}>
              {t("tables.take")}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack>
          <Textarea
            label={t("import.paste")}
            autosize
            minRows={6}
            maxRows={12}
            value={csv}
            placeholder={"key;price;unit\ntea;120;pack"}
            onChange={(event) => setCsv(event.currentTarget.value)}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          />
          <Group justify="flex-end">
            <FileButton accept=".csv,.txt,text/csv" onChange={(file) => void file?.arrayBuffer().then((bytes) => look(decode(bytes)))}>
              {(props) => (
                <Button variant="default" leftSection={<IconUpload size={14} />} {...props}>
                  {t("import.choose")}
                </Button>
              )}
            </FileButton>
            <Button disabled={csv.trim() === ""} loading={busy} onClick={() => void look(csv)}>
              {t("import.next")}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function Result({ outcome, onClose }: { outcome: Outcome; onClose(): void }) {
  const { t } = useWords();
  return (
    <Stack>
      <Alert color={outcome.bad > 0 ? "yellow" : "green"}>{t("tables.taken", { taken: outcome.taken, bad: outcome.bad })}</Alert>
      {outcome.errors.slice(0, 50).map((error) => (
        <Text key={error.line} fz="sm">
          {t("import.line")} {error.line}: {reasonText(error.reason, t)}
        </Text>
      ))}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("import.done")}</Button>
      </Group>
    </Stack>
  );
}

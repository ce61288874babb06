import { Alert, Button, FileButton, Group, Modal, Select, Stack, Table, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { Dropzone } from "@mantine/dropzone";
import { address } from "../api/client.ts";
import { api, type ImportError, type Mapping } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { IconDownload, IconUpload } from "../ui/icons.ts";
import { PreviewRows } from "../ui/PreviewRows.tsx";
import { useGuarded } from "../ui/use-guarded.ts";
import { decode } from "./decode-text.ts";
import { reasonText } from "./reason-text.ts";
import classes from "./campaigns.module.css";

type Preview = { columns: string[]; rows: string[][]; guess: Partial<Mapping>; notes: string[] };
type Outcome = { import: string; added: number; duplicates: number; errors: ImportError[]; bad: number; notes: string[] };

/** Imports contacts: drop or paste → columns → accepted and rejected rows with reasons. */
export function ImportWizard({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useWords();
  const [csv, setCsv] = useState("");
  const [preview, setPreview] = useState<Preview | null>(null);
  const [mapping, setMapping] = useState<Partial<Mapping>>({});
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { busy, guarded } = useGuarded(t("import.failed"));
  const look = (text: string) =>
    guarded(async () => {
      setCsv(text);
      const found = await api.preview(id, text);
      setPreview(found);
      setMapping(found.guess);
    });
  const take = () =>
    guarded(async () => {
      if (mapping.phone)
        setOutcome(
          await api.importContacts(id, csv, {
            phone: mapping.phone,
            ...(mapping.name ? { name: mapping.name } : {}),
            ...(mapping.zone ? { zone: mapping.zone } : {}),
          }),
        );
    });
  return (
    <Modal opened onClose={onClose} title={t("import.title")} size={820}>
      {outcome ? (
        <ImportResult id={id} outcome={outcome} onClose={onClose} />
      ) : preview ? (
        <MappingStep preview={preview} mapping={mapping} setMapping={setMapping} busy={busy} onBack={() => setPreview(null)} onTake={() => void take()} />
      ) : (
        <FirstStep csv={csv} setCsv={setCsv} busy={busy} onLook={(text) => void look(text)} />
      )}
    </Modal>
  );
}

/** A CSV, dropped, chosen or pasted. */
export function FirstStep({ csv, setCsv, busy, onLook }: { csv: string; setCsv(text: string): void; busy: boolean; onLook(text: string): void }) {
  const { t } = useWords();
  const open = (file: File | null | undefined) => void file?.arrayBuffer().then((bytes) => onLook(decode(bytes)));
  return (
    <Stack>
      <Dropzone onDrop={(files) => open(files[0])} maxFiles={1} loading={busy} className={classes.drop!} inputProps={{ "aria-label": t("import.drop") }}>
        <Stack align="center" gap={4}>
          <IconUpload size={22} />
          <Text>{t("import.drop")}</Text>
          <Text fz="xs" c="dimmed">
            {t("import.dropHelp")}
          </Text>
        </Stack>
      </Dropzone>
      <Textarea
        label={t("import.paste")}
        autosize
        minRows={5}
        maxRows={10}
        value={csv}
        placeholder={"phone;name\n8 (900) 123-45-67;Анна"}
        onChange={(event) => setCsv(event.currentTarget.value)}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      />
      <Group justify="flex-end">
        <FileButton accept=".csv,.txt,text/csv" onChange={open}>
          {(props) => (
            <Button variant="default" {...props}>
              {t("import.choose")}
            </Button>
          )}
        </FileButton>
        <Button disabled={csv.trim() === ""} loading={busy} onClick={() => onLook(csv)}>
          {t("import.next")}
        </Button>
      </Group>
    </Stack>
  );
}

function MappingStep({
  preview,
  mapping,
  setMapping,
  busy,
  onBack,
  onTake,
}: {
  preview: Preview;
  mapping: Partial<Mapping>;
  setMapping(next: Partial<Mapping>): void;
  busy: boolean;
  onBack(): void;
  onTake(): void;
}) {
  const { t } = useWords();
  return (
    <Stack>
      <Group grow align="flex-start">
        {(["phone", "name", "zone"] as const).map((name) => (
          <Select
            key={name}
            label={t(`import.${name}`)}
            required={name === "phone"}
            clearable={name !== "phone"}
            data={preview.columns}
            value={mapping[name] ?? null}
            onChange={(column) => setMapping({ ...mapping, [name]: column ?? undefined })}
          />
        ))}
      </Group>
      <Text fz="xs" c="dimmed">
        {t("import.rest")}
      </Text>
      <div className={classes.preview}>
        <PreviewRows columns={preview.columns} rows={preview.rows} striped />
      </div>
      <Notes notes={preview.notes} />
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t("common.back")}
        </Button>
        <Button disabled={!mapping.phone} loading={busy} onClick={onTake}>
          {t("import.take")}
        </Button>
      </Group>
    </Stack>
  );
}

/** Remarks on the columns. */
function Notes({ notes }: { notes: readonly string[] }) {
  const { t } = useWords();
  return notes.map((note) => (
    <Text key={note} fz="xs" c="var(--warn)">
      {reasonText(note, t)}
    </Text>
  ));
}

function ImportResult({ id, outcome, onClose }: { id: string; outcome: Outcome; onClose(): void }) {
  const { t } = useWords();
  return (
    <Stack>
      <Alert color={outcome.bad > 0 ? "yellow" : "green"} role="status">
        {t("import.result", { added: outcome.added, duplicates: outcome.duplicates, errors: outcome.bad })}
      </Alert>
      <Notes notes={outcome.notes} />
      {outcome.errors.length > 0 && (
        <>
          <div className={classes.preview}>
            <Table fz="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("import.line")}</Table.Th>
                  <Table.Th>{t("import.reason")}</Table.Th>
                  <Table.Th>{t("import.source")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {outcome.errors.slice(0, 200).map((error, index) => (
                  <Table.Tr key={index}>
                    <Table.Td>{error.line}</Table.Td>
                    <Table.Td>{reasonText(error.reason, t)}</Table.Td>
                    <Table.Td ff="monospace">{error.source}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
          <Button
            variant="default"
            component="a"
            href={address(`/campaigns/${id}/errors.csv?import=${encodeURIComponent(outcome.import)}`)}
            download
            leftSection={<IconDownload size={14} />}
          >
            {t("import.downloadErrors")}
          </Button>
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("import.done")}</Button>
      </Group>
    </Stack>
  );
}

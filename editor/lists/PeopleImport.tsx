import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { dataApi, type PeopleMapping } from "../api/data.ts";
import { FirstStep } from "../campaigns/ImportWizard.tsx";
import { reasonText } from "../campaigns/reason-text.ts";
import { useWords } from "../i18n/index.ts";
import { PreviewRows } from "../ui/PreviewRows.tsx";
import { useGuarded } from "../ui/use-guarded.ts";

type Preview = { columns: string[]; rows: string[][]; guess: Partial<PeopleMapping> };
type Outcome = Awaited<ReturnType<typeof dataApi.importPeople>>;

/** Imports people: drop or paste → columns → accepted and rejected rows with reasons. */
export function PeopleImport({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  const [csv, setCsv] = useState("");
  const [preview, setPreview] = useState<Preview | null>(null);
  const [mapping, setMapping] = useState<Partial<PeopleMapping>>({});
  const [group, setGroup] = useState("");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { busy, guarded } = useGuarded(t("import.failed"));
  const look = (text: string) =>
    guarded(async () => {
      setCsv(text);
      const found = await dataApi.previewPeople(text);
      setPreview(found);
      setMapping(found.guess);
    });
  const take = () =>
    guarded(async () => {
      const { phone, name, groups } = mapping;
      if (!phone) return;
      setOutcome(await dataApi.importPeople({ csv, mapping: { phone, ...(name ? { name } : {}), ...(groups ? { groups } : {}) }, group }));
    });
  return (
    <Modal opened onClose={onClose} title={t("people.importTitle")} size={820}>
      {outcome ? (
        <Result outcome={outcome} onClose={onClose} />
      ) : preview ? (
        <Stack>
          <Group grow align="flex-start">
            {(["phone", "name", "groups"] as const).map((part) => (
              <Select
                key={part}
                label={t(`people.column.${part}`)}
                required={part === "phone"}
                clearable={part !== "phone"}
                data={preview.columns}
                value={mapping[part] ?? null}
                onChange={(column) => setMapping({ ...mapping, [part]: column ?? undefined })}
              />
            ))}
          </Group>
          <TextInput label={t("people.joinGroup")} value={group} maxLength={60} onChange={(event) => setGroup(event.currentTarget.value)} />
          <Text fz="xs" c="dimmed">
            {t("people.importHelp")}
          </Text>
          <PreviewRows columns={preview.columns} rows={preview.rows} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setPreview(null)}>
              {t("common.back")}
            </Button>
            <Button disabled={!mapping.phone} loading={busy} onClick={() => void take()}>
              {t("import.take")}
            </Button>
          </Group>
        </Stack>
      ) : (
        <FirstStep csv={csv} setCsv={setCsv} busy={busy} onLook={(text) => void look(text)} />
      )}
    </Modal>
  );
}

function Result({ outcome, onClose }: { outcome: Outcome; onClose(): void }) {
  const { t } = useWords();
  return (
    <Stack>
      <Alert color={outcome.bad > 0 ? "yellow" : "green"}>{t("people.taken", { taken: outcome.taken, bad: outcome.bad })}</Alert>
      {outcome.errors.slice(0, 50).map((error, index) => (
        <Text key={index} fz="sm">
          {t("import.line")} {error.line}: {reasonText(error.reason, t)}
        </Text>
      ))}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("import.done")}</Button>
      </Group>
    </Stack>
  );
}

import { Button, FileButton, Group, Table } from "@mantine/core";
import { useState } from "react";
import { api } from "../api/index.ts";
import { minutes, useWords } from "../i18n/index.ts";
import { IconMusic, IconUpload } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { RowsTable } from "../ui/RowsTable.tsx";
import { Empty } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import classes from "./settings.module.css";

export function RecordingsPanel() {
  const { t, moment } = useWords();
  const uploads = useLoad(() => api.uploads(), []);
  const [busy, setBusy] = useState(false);
  const upload = async (file: File | null) => {
    if (!file) return;
    setBusy(true);
    await attempt(() => api.upload(file, file.name), t("inspector.uploaded"), t("inspector.uploadFailed"));
    setBusy(false);
    uploads.reload();
  };
  return (
    <div className={classes.panel}>
      <Group mb="sm">
        <FileButton accept="audio/wav,audio/mpeg,.wav,.mp3" onChange={(file) => void upload(file)}>
          {(props) => (
            <Button loading={busy} leftSection={<IconUpload size={14} />} {...props}>
              {t("recordings.upload")}
            </Button>
          )}
        </FileButton>
      </Group>
      <RowsTable
        of={uploads}
        empty={
          <Empty icon={<IconMusic size={28} />} title={t("recordings.empty")}>
            {t("recordings.emptyHelp")}
          </Empty>
        }
        head={[t("recordings.title"), { right: t("calls.length") }, t("recordings.when"), { w: 330 }]}
      >
        {(row) => (
          <Table.Tr key={row.hash}>
            <Table.Td>{row.title || row.hash.slice(0, 12)}</Table.Td>
            <Table.Td ta="right">{minutes(row.ms)}</Table.Td>
            <Table.Td>{moment(row.createdAt)}</Table.Td>
            <Table.Td>
              <audio controls preload="none" className={classes.audio} src={`/api/prompts/${row.hash}.wav`} />
            </Table.Td>
          </Table.Tr>
        )}
      </RowsTable>
    </div>
  );
}

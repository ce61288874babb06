import { Button, Group, Table, Title } from "@mantine/core";
import { api } from "../api/index.ts";
import { address } from "../api/client.ts";
import { useWords } from "../i18n/index.ts";
import { IconDownload } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { Empty, Loading } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { reasonText } from "./reason-text.ts";

const pageSize = 200;
type Row = Awaited<ReturnType<typeof api.importErrors>>["errors"][number];

/** Rejected rows by import: line, reason and the original row. */
export function BadRows({ id, turn }: { id: string; turn: number }) {
  const { t } = useWords();
  const loaded = useLoad(() => api.importErrors(id, { limit: pageSize }), [id, turn]);
  const more = (after: number, before: Row[]) =>
    void attempt(async () => {
      const page = await api.importErrors(id, { after, limit: pageSize });
      loaded.replace({ errors: [...before, ...page.errors], next: page.next });
    });
  return (
    <Loading of={loaded} empty={({ errors }) => errors.length === 0 && <Empty title={t("campaigns.noBadRows")} />}>
      {({ errors, next }) => (
        <>
          {[...Map.groupBy(errors, (row) => row.import)].map(([name, rows]) => (
            <OneImport key={name} id={id} name={name} rows={rows} />
          ))}
          {next !== null && (
            <Button variant="default" onClick={() => more(next, errors)}>
              {t("flows.more")}
            </Button>
          )}
        </>
      )}
    </Loading>
  );
}

function OneImport({ id, name, rows }: { id: string; name: string; rows: readonly Row[] }) {
  const { t, moment } = useWords();
  const when = rows[0]?.at ? t("campaigns.importOf", { when: moment(rows[0].at) }) : t("campaigns.oldImport");
  return (
    <section aria-label={when} data-import={name}>
      <Group justify="space-between" mb={4}>
        <Title order={3}>{when}</Title>
        <Button
          variant="default"
          component="a"
          href={address(`/campaigns/${id}/errors.csv`, name ? { import: name } : {})}
          download
          leftSection={<IconDownload size={14} />}
        >
          {t("import.downloadErrors")}
        </Button>
      </Group>
      <Table mb="lg">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={80}>{t("import.line")}</Table.Th>
            <Table.Th>{t("import.reason")}</Table.Th>
            <Table.Th>{t("import.source")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>{row.line}</Table.Td>
              <Table.Td>{reasonText(row.reason, t)}</Table.Td>
              <Table.Td ff="monospace" style={{ overflowWrap: "anywhere" }}>
                {row.source}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

import { Badge, Button, Menu, Table, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";
import { folded } from "../../flows/language/folded.ts";
import { api, type FlowRow } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { BeginButtons } from "../library/BeginButtons.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { IconDots, IconRoute, IconSearch } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { linkTo, navigate, pathOf } from "../ui/router.ts";
import { Empty, Loading, Screen } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";

export function FlowList() {
  const { t, say, moment } = useWords();
  const flows = useLoad(() => api.flows(), []);
  const [search, setSearch] = useState("");
  const shown = (rows: FlowRow[]) => rows.filter((flow) => folded(`${say(flow.title)} ${flow.id}`).includes(folded(search.trim())));
  const remove = (flow: FlowRow) =>
    modals.openConfirmModal({
      title: t("flows.removeTitle", { title: say(flow.title, flow.id) }),
      children: t("flows.removeText"),
      labels: { confirm: t("common.delete"), cancel: t("common.cancel") },
      confirmProps: { color: "red" },
      onConfirm: () => void attempt(() => api.removeFlow(flow.id), t("flows.removed")).then(flows.reload),
    });
  return (
    <Screen
      title={t("nav.flows")}
      actions={
        <>
          <TextInput
            w={220}
            leftSection={<IconSearch size={14} />}
            placeholder={t("common.search")}
            aria-label={t("common.search")}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <BeginButtons />
        </>
      }
    >
      <Loading
        of={flows}
        empty={(rows) =>
          rows.length === 0 && (
            <Empty icon={<IconRoute size={32} />} title={t("flows.empty")}>
              <p>{t("flows.emptyHelp")}</p>
              <Button onClick={() => navigate("/library")}>{t("flows.toLibrary")}</Button>
            </Empty>
          )
        }
      >
        {(rows) => (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("flows.title")}</Table.Th>
                <Table.Th>{t("flows.kind")}</Table.Th>
                <Table.Th>{t("flows.state")}</Table.Th>
                <Table.Th>{t("flows.changed")}</Table.Th>
                <Table.Th w={48} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown(rows).map((flow) => (
                <Table.Tr key={flow.id}>
                  <Table.Td>
                    <a {...linkTo(pathOf("flows", flow.id))}>{say(flow.title, flow.id)}</a>
                  </Table.Td>
                  <Table.Td>{t(`kind.${flow.kind}`)}</Table.Td>
                  <Table.Td>
                    {flow.live === null ? (
                      <Badge variant="default" tt="none">
                        {t("flow.draft")}
                      </Badge>
                    ) : (
                      <Badge color="green" variant="light" tt="none">
                        {t("flow.live", { version: flow.live })}
                      </Badge>
                    )}
                  </Table.Td>
                  <Table.Td>{moment(flow.updatedAt)}</Table.Td>
                  <Table.Td>
                    <Menu position="bottom-end">
                      <Menu.Target>
                        <IconButton label={t("common.more")} size={24}>
                          <IconDots size={16} />
                        </IconButton>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item color="red" onClick={() => remove(flow)}>
                          {t("common.delete")}
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loading>
    </Screen>
  );
}

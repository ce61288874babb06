import { Badge, Button, Menu, Table } from "@mantine/core";
import { modals } from "@mantine/modals";
import { api, type FlowRow } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { BeginButtons } from "../library/BeginButtons.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { IconDots, IconRoute } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { linkTo, navigate, pathOf } from "../ui/router.ts";
import { Empty, Loading, Screen } from "../ui/Screen.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { useFlowPages } from "./use-flow-pages.ts";

export function FlowList() {
  const { t, say, moment } = useWords();
  const { flows, search, setSearch, settled, more } = useFlowPages();
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
          <SearchField of={{ search, setSearch }} label={t("common.search")} w={220} />
          <BeginButtons />
        </>
      }
    >
      <Loading
        of={flows}
        empty={({ rows }) =>
          rows.length === 0 &&
          (settled ? (
            <Empty title={t("common.nothingFound")} />
          ) : (
            <Empty icon={<IconRoute size={32} />} title={t("flows.empty")}>
              <p>{t("flows.emptyHelp")}</p>
              <Button onClick={() => navigate("/library")}>{t("flows.toLibrary")}</Button>
            </Empty>
          ))
        }
      >
        {({ rows, next }) => (
          <>
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
                {rows.map((flow) => (
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
            {next !== null && (
              <Button variant="default" mt="md" onClick={more}>
                {t("flows.more")}
              </Button>
            )}
          </>
        )}
      </Loading>
    </Screen>
  );
}

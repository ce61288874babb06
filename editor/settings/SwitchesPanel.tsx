import { Button, Switch, Table, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { dataApi, type SwitchRow } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { idOf } from "../library/blank-flow.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { IconCircle, IconPlus, IconTrash } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { linkTo, pathOf } from "../ui/router.ts";
import { RowsTable } from "../ui/RowsTable.tsx";
import { Empty } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { CountersPanel } from "./CountersPanel.tsx";
import classes from "./settings.module.css";

/** Manual switches and counters. */
export function SwitchesPanel() {
  const { t, language } = useWords();
  const switches = useLoad(() => dataApi.switches(), []);
  const [title, setTitle] = useState("");
  const add = () => {
    const name = idOf(
      title,
      (switches.data ?? []).map((row) => row.name),
    );
    void attempt(() => dataApi.putSwitch(name, { [language]: title.trim() })).then((good) => {
      if (good) setTitle("");
      switches.reload();
    });
  };
  return (
    <>
      <div className={classes.panel}>
        <form
          className={classes.add}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TextInput
            label={t("switches.title")}
            placeholder={t("switches.example")}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            w={320}
          />
          <Button type="submit" disabled={title.trim() === ""} leftSection={<IconPlus size={14} />}>
            {t("common.create")}
          </Button>
        </form>
        <RowsTable
          of={switches}
          empty={
            <Empty icon={<IconCircle size={28} />} title={t("switches.empty")}>
              {t("switches.emptyHelp")}
            </Empty>
          }
        >
          {(row) => <SwitchLine key={row.name} row={row} onChange={switches.reload} />}
        </RowsTable>
      </div>
      <CountersPanel />
    </>
  );
}

function SwitchLine({ row, onChange }: { row: SwitchRow; onChange(): void }) {
  const { t, say, moment } = useWords();
  const title = say(row.title, row.name);
  const turn = (on: boolean) => void attempt(() => dataApi.turnSwitch(row.name, on)).then(onChange);
  return (
    <Table.Tr>
      <Table.Td w={64}>
        <Switch size="md" aria-label={title} checked={row.on} onChange={(event) => turn(event.currentTarget.checked)} />
      </Table.Td>
      <Table.Td>
        <Text fw={600}>{title}</Text>
        <Text fz="xs" c="dimmed">
          {row.name}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text span fw={600} c={row.on ? "var(--ok)" : "dimmed"}>
          {t(row.on ? "switches.on" : "switches.off")}
        </Text>
      </Table.Td>
      <Table.Td>
        {row.changedAt ? (
          <Text fz="sm">
            {moment(row.changedAt)} · {row.changedBy ? <a {...linkTo(pathOf("calls", row.changedBy))}>{t("switches.byCall")}</a> : t("switches.byHand")}
          </Text>
        ) : (
          <Text fz="sm" c="dimmed">
            {t("switches.never")}
          </Text>
        )}
      </Table.Td>
      <Table.Td w={40}>
        <IconButton size={24} label={t("switches.remove", { title })} onClick={() => void attempt(() => dataApi.removeSwitch(row.name)).then(onChange)}>
          <IconTrash size={14} />
        </IconButton>
      </Table.Td>
    </Table.Tr>
  );
}

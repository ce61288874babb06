import { Button, Table, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../api/index.ts";
import { useWords } from "../i18n/index.ts";
import { FlowSelect, useFlowTitles } from "../ui/FlowSelect.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { IconPhone, IconPlus, IconX } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { linkTo, pathOf } from "../ui/router.ts";
import { RowsTable } from "../ui/RowsTable.tsx";
import { Empty } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import classes from "./settings.module.css";

/** Which number leads to which flow. */
export function NumbersPanel() {
  const { t } = useWords();
  const numbers = useLoad(() => api.numbers(), []);
  const titles = useFlowTitles((numbers.data ?? []).map((row) => row.flow));
  const [number, setNumber] = useState("");
  const [flow, setFlow] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const holder = numbers.data?.find((row) => row.number === number.trim())?.flow;
  const add = () =>
    attempt(() => api.putNumber(number.trim(), { flow: flow!, alias: "live", ...(note ? { note } : {}), ...(holder ? { from: holder } : {}) })).then((good) => {
      if (!good) return;
      setNumber("");
      setNote("");
      numbers.reload();
    });
  return (
    <div className={classes.panel}>
      <form
        className={classes.add}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextInput label={t("numbers.number")} placeholder="1000" value={number} onChange={(event) => setNumber(event.currentTarget.value)} />
        <FlowSelect label={t("numbers.flow")} kind="ivr" live={1} value={flow} onChange={setFlow} w={280} />
        <TextInput label={t("numbers.note")} value={note} onChange={(event) => setNote(event.currentTarget.value)} flex={1} />
        <Button type="submit" disabled={!number.trim() || !flow} leftSection={<IconPlus size={14} />}>
          {t("numbers.bind")}
        </Button>
      </form>
      <RowsTable
        of={numbers}
        empty={
          <Empty icon={<IconPhone size={28} />} title={t("numbers.empty")}>
            {t("numbers.emptyHelp")}
          </Empty>
        }
        head={[t("numbers.number"), t("numbers.flow"), t("numbers.note"), { w: 40 }]}
      >
        {(row) => (
          <Table.Tr key={row.number}>
            <Table.Td ff="monospace">{row.number}</Table.Td>
            <Table.Td>
              <a {...linkTo(pathOf("flows", row.flow))}>{titles.get(row.flow) ?? row.flow}</a>
              {row.alias !== "live" && (
                <Text span fz="xs" c="dimmed">
                  {" "}
                  {row.alias}
                </Text>
              )}
            </Table.Td>
            <Table.Td>{row.note || "—"}</Table.Td>
            <Table.Td>
              <IconButton
                size={24}
                label={t("numbers.unbind", { number: row.number })}
                onClick={() => void attempt(() => api.removeNumber(row.number)).then(numbers.reload)}
              >
                <IconX size={14} />
              </IconButton>
            </Table.Td>
          </Table.Tr>
        )}
      </RowsTable>
    </div>
  );
}

import { Badge, Button, NavLink } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";
import { dataApi, type TableRow } from "../api/data.ts";
import { useWords } from "../i18n/index.ts";
import { IconList, IconPlus } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { Empty, Loading } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { TableForm } from "./TableForm.tsx";
import { TableRows } from "./TableRows.tsx";
import classes from "./settings.module.css";

/** Tables that flows look things up in: on the left the tables, on the right the rows of one. */
export function TablesPanel() {
  const { t, say } = useWords();
  const tables = useLoad(() => dataApi.tables(), []);
  const [name, setName] = useState<string | null>(null);
  const [form, setForm] = useState<TableRow | "new" | null>(null);
  const chosen = tables.data?.find((table) => table.name === name) ?? tables.data?.[0];
  const remove = (table: TableRow) =>
    modals.openConfirmModal({
      title: t("tables.removeTitle", { title: say(table.title, table.name) }),
      children: t("tables.removeText", { count: table.rows }),
      labels: { confirm: t("common.delete"), cancel: t("common.cancel") },
      confirmProps: { color: "red" },
      onConfirm: () => void attempt(() => dataApi.removeTable(table.name)).then(tables.reload),
    });
  const make = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setForm("new")}>
      {t("tables.new")}
    </Button>
  );
  return (
    <>
      <Loading
        of={tables}
        empty={(all) =>
          all.length === 0 && (
            <div className={classes.panel}>
              <Empty icon={<IconList size={28} />} title={t("tables.empty")}>
                <p>{t("tables.emptyHelp")}</p>
                {make}
              </Empty>
            </div>
          )
        }
      >
        {(all) => (
          <div className={classes.columns}>
            <div>
              <nav className={classes.nav} aria-label={t("settings.tables")}>
                {all.map((table) => (
                  <NavLink
                    key={table.name}
                    active={chosen?.name === table.name}
                    label={say(table.title, table.name)}
                    description={table.name}
                    rightSection={
                      <Badge variant="default" size="sm">
                        {table.rows}
                      </Badge>
                    }
                    onClick={() => setName(table.name)}
                  />
                ))}
              </nav>
              <div className={classes.below}>{make}</div>
            </div>
            {chosen && <TableRows key={chosen.name} table={chosen} onChange={tables.reload} onEdit={() => setForm(chosen)} onRemove={() => remove(chosen)} />}
          </div>
        )}
      </Loading>
      {form && (
        <TableForm
          table={form === "new" ? null : form}
          taken={(tables.data ?? []).map((table) => table.name)}
          onClose={() => setForm(null)}
          onSaved={(saved) => {
            setForm(null);
            setName(saved);
            tables.reload();
          }}
        />
      )}
    </>
  );
}

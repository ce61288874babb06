import { Button, Table, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { TotalsRow } from "../../flows/reports/totals.ts";
import { useWords } from "../i18n/index.ts";
import type { ChosenRow } from "./call-filter.ts";
import classes from "./calls.module.css";

export type Row = Omit<TotalsRow<unknown>, "key"> & { id: string; name: string; from?: string; open: ChosenRow };

const firstRows = 12;

/** "12,4 %" and "12.4 %". */
export const inPercent = (value: number, language: string, digits: number): string =>
  `${value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })} %`;

/** One breakdown: a row opens its calls. Bars show shares; the last line is the sum. */
export function TotalsTable({ title, rows, few, onOpen }: { title: string; rows: readonly Row[]; few: boolean; onOpen(row: ChosenRow): void }) {
  const { t, number, language } = useWords();
  const [all, setAll] = useState(false);
  const shown = all || rows.length <= firstRows + 1 ? rows : rows.slice(0, firstRows);
  const sum = rows.reduce((calls, row) => calls + row.calls, 0);
  return (
    <section className={classes.totals} aria-label={title}>
      <Table layout="auto" verticalSpacing={3} horizontalSpacing={8} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{title}</Table.Th>
            <Table.Th ta="right">{t("calls.totals.count")}</Table.Th>
            <Table.Th ta="right">{t("calls.totals.share")}</Table.Th>
            {few && (
              <Table.Th ta="right" title={t("calls.totals.interval")}>
                {t("calls.totals.range")}
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Table.Tr key={row.id} data-row={row.id}>
              <Table.Td className={classes.named!}>
                <span className={classes.bar} style={{ inlineSize: `${row.share * 100}%` }} aria-hidden />
                {row.calls > 0 ? (
                  <UnstyledButton
                    className={classes.open!}
                    aria-label={t("calls.totals.open", { name: row.from ? `${row.name}, ${row.from}` : row.name, shown: number(row.calls) })}
                    onClick={() => onOpen(row.open)}
                  >
                    {row.name}
                    {row.from && <span className={classes.from}>{row.from}</span>}
                  </UnstyledButton>
                ) : (
                  <span className={classes.none}>{row.name}</span>
                )}
              </Table.Td>
              <Table.Td ta="right" data-calls>
                {number(row.calls)}
              </Table.Td>
              <Table.Td ta="right">{inPercent(row.permille / 10, language, 1)}</Table.Td>
              {few && <Table.Td ta="right" c="dimmed">{`${Math.round(row.low * 100)}–${Math.round(row.high * 100)}`}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Td>
              {rows.length > firstRows + 1 && (
                <Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)}>
                  {all ? t("calls.totals.less") : t("calls.totals.more", { count: rows.length - firstRows })}
                </Button>
              )}
            </Table.Td>
            <Table.Td ta="right" data-sum>
              {number(sum)}
            </Table.Td>
            <Table.Td ta="right">{inPercent(sum === 0 ? 0 : 100, language, 1)}</Table.Td>
            {few && <Table.Td />}
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </section>
  );
}

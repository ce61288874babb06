import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import { Loading } from "./Screen.tsx";
import type { Loaded } from "./use-load.ts";

/** The head of a column: a title, one at the right edge, or the width of a column without one. */
export type RowsHead = string | { right: string } | { w: number };

type Props<T> = {
  of: Loaded<readonly T[]>;
  /** Shown instead of the table when there are no rows. */
  empty: ReactNode;
  /** Absent = a table without a head. */
  head?: readonly RowsHead[];
  /** A `Table.Tr` with its key. */
  children: (row: T) => ReactNode;
};

/** A loaded list as a table: loading, error, empty, rows. */
export function RowsTable<T>({ of, empty, head, children }: Props<T>) {
  return (
    <Loading of={of} empty={(rows) => rows.length === 0 && empty}>
      {(rows) => (
        <Table>
          {head && (
            <Table.Thead>
              <Table.Tr>{head.map(headCell)}</Table.Tr>
            </Table.Thead>
          )}
          <Table.Tbody>{rows.map(children)}</Table.Tbody>
        </Table>
      )}
    </Loading>
  );
}

function headCell(head: RowsHead, index: number): ReactNode {
  if (typeof head === "string") return <Table.Th key={index}>{head}</Table.Th>;
  return "w" in head ? (
    <Table.Th key={index} w={head.w} />
  ) : (
    <Table.Th key={index} ta="right">
      {head.right}
    </Table.Th>
  );
}

import { Table } from "@mantine/core";

const most = 8;

/** The first rows of a file that is about to be imported. */
export function PreviewRows({ columns, rows, striped = false }: { columns: readonly string[]; rows: readonly (readonly string[])[]; striped?: boolean }) {
  return (
    <Table fz="xs" striped={striped}>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column, at) => (
            <Table.Th key={at}>{column}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.slice(0, most).map((row, index) => (
          <Table.Tr key={index}>
            {columns.map((_column, at) => (
              <Table.Td key={at}>{row[at] ?? ""}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

import { Modal, Table } from "@mantine/core";
import { useWords } from "../i18n/index.ts";

const keys: [string, string][] = [
  ["1 … 9", "answer"],
  ["Alt 1 … 9", "answerInField"],
  ["Enter", "main"],
  ["Backspace, Alt ←", "back"],
  ["F", "field"],
  ["K", "know"],
  ["F9", "hangup"],
  ["?", "help"],
];

export function KeysHelp({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  return (
    <Modal opened onClose={onClose} title={t("desk.keys")}>
      <Table withRowBorders={false}>
        <Table.Tbody>
          {keys.map(([key, what]) => (
            <Table.Tr key={key}>
              <Table.Td w={120}>
                <kbd>{key}</kbd>
              </Table.Td>
              <Table.Td>{t(`desk.key.${what}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

import { Table, Text } from "@mantine/core";
import { show } from "../../flows/expressions/evaluate.ts";
import { cardIn } from "../../flows/nodes/screen-pop/card-in.ts";
import type { Value } from "../../flows/schema/values.ts";
import { useWords } from "../i18n/index.ts";
import { ClientCard } from "../ui/ClientCard.tsx";
import type { PhoneSession } from "./phone-session.ts";

/** The card that an operator is shown, and what the call has captured so far. */
export function ValuesPanel({ session }: { session: PhoneSession }) {
  const card = cardIn(session.player.journal);
  return (
    <>
      {card && <ClientCard card={card} />}
      <Values session={session} />
    </>
  );
}

function Values({ session }: { session: PhoneSession }) {
  const { t } = useWords();
  const { context } = session.player;
  const rows = (values: Record<string, Value>) => Object.entries(values).filter(([, value]) => value !== null);
  const groups = [
    ["result", rows(context.result)],
    ["vars", rows(context.vars)],
    ["inputs", rows(context.inputs)],
  ] as const;
  if (groups.every(([, entries]) => entries.length === 0))
    return (
      <Text fz="xs" c="dimmed">
        {t("phone.noValues")}
      </Text>
    );
  return groups
    .filter(([, entries]) => entries.length > 0)
    .map(([name, entries]) => (
      <div key={name}>
        <Text fz="xs" fw={600} c="dimmed">
          {t(`phone.${name}`)}
        </Text>
        <Table withRowBorders={false} verticalSpacing={1} horizontalSpacing={4} fz="xs" mb={6}>
          <Table.Tbody>
            {entries.map(([key, value]) => (
              <Table.Tr key={key}>
                <Table.Td ff="monospace">{key}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{show(value)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    ));
}

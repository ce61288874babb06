import { Group, Pill, Text, TextInput } from "@mantine/core";
import { useWords } from "../i18n/index.ts";
import { FlowSelect } from "../ui/FlowSelect.tsx";
import { IconSearch } from "../ui/icons.ts";
import type { CallsFilter } from "./call-filter.ts";

/** What the list and the totals are of. Another flow leaves the row of the totals behind. */
export function CallFilters({ filter, onChange }: { filter: CallsFilter; onChange(filter: CallsFilter): void }) {
  const { t } = useWords();
  const set = (change: Partial<CallsFilter>) => onChange({ ...filter, ...change });
  return (
    <Group mb="sm" gap="sm">
      <TextInput
        w={230}
        leftSection={<IconSearch size={14} />}
        placeholder={t("calls.search")}
        aria-label={t("calls.search")}
        value={filter.search}
        onChange={(event) => set({ search: event.currentTarget.value })}
      />
      <FlowSelect
        w={230}
        placeholder={t("calls.anyFlow")}
        aria-label={t("calls.flow")}
        clearable
        value={filter.flow}
        onChange={(flow) => set({ flow, row: null })}
      />
      <TextInput type="date" aria-label={t("calls.from")} value={filter.from} onChange={(event) => set({ from: event.currentTarget.value })} />
      <Text c="dimmed">—</Text>
      <TextInput type="date" aria-label={t("calls.to")} value={filter.to} onChange={(event) => set({ to: event.currentTarget.value })} />
      {filter.row && (
        <Pill
          size="sm"
          withRemoveButton
          removeButtonProps={{ "aria-label": t("calls.totals.drop"), "aria-hidden": false, tabIndex: 0 }}
          onRemove={() => set({ row: null })}
        >
          {t("calls.totals.row", { name: filter.row.name })}
        </Pill>
      )}
    </Group>
  );
}

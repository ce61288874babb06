import { Autocomplete, Button, Checkbox, Group, Select, Stack, TagsInput, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { calendarSchema, type Calendar } from "../../flows/schema/calendar.ts";
import { problemWords } from "../../flows/schema/problem-words.ts";
import { api } from "../api/index.ts";
import { zones } from "../campaigns/CallTimeFields.tsx";
import { useWords } from "../i18n/index.ts";
import { ClockInput } from "../ui/ClockInput.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { IconPlus, IconTrash, IconX } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import classes from "./settings.module.css";

type Span = { from: string; to: string };
type Props = { name: string; calendar: Calendar; onSaved(): void; onRemove(): void };

/** Calendar form: weekly hours, holidays, special days. */
export function CalendarForm({ name, calendar, onSaved, onRemove }: Props) {
  const { t, language } = useWords();
  const [draft, setDraft] = useState(calendar);
  const [date, setDate] = useState("");
  const { week } = draft;
  const setDay = (day: string, spans: Span[]) =>
    setDraft({ ...draft, week: Object.fromEntries(Object.entries({ ...week, [day]: spans }).filter(([, value]) => value.length > 0)) });
  const setSpecial = (day: string, spans: Span[] | null) =>
    setDraft({
      ...draft,
      special: Object.fromEntries(Object.entries({ ...draft.special, [day]: spans }).filter((pair): pair is [string, Span[]] => pair[1] !== null)),
    });
  const problem = calendarSchema.safeParse(draft).error?.issues[0];
  const changed = JSON.stringify(draft) !== JSON.stringify(calendar);
  const save = () => void attempt(() => api.putCalendar(name, draft), t("calendar.saved")).then((good) => good && onSaved());
  return (
    <div className={classes.panel}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{name}</Title>
        <IconButton label={t("calendar.remove")} onClick={onRemove}>
          <IconTrash size={16} />
        </IconButton>
      </Group>
      <Stack gap="md" maw={640}>
        <Autocomplete size="xs" label={t("campaigns.zone")} data={zones} value={draft.zone} onChange={(zone) => setDraft({ ...draft, zone })} />
        <div>
          <Text fz="xs" fw={600} mb={4}>
            {t("calendar.week")}
          </Text>
          {["1", "2", "3", "4", "5", "6", "7"].map((day) => (
            <DayRow key={day} label={t(`weekday.${day}`)} spans={week[day] ?? []} onChange={(spans) => setDay(day, spans)} />
          ))}
        </div>
        <Select
          label={t("calendar.production")}
          description={draft.production ? t("calendar.productionHelp") : undefined}
          allowDeselect={false}
          data={[
            { value: "", label: t("calendar.production.none") },
            { value: "ru", label: t("calendar.production.ru") },
          ]}
          value={draft.production ?? ""}
          onChange={(value) => setDraft(value === "ru" ? { ...draft, production: "ru" } : withoutProduction(draft))}
        />
        {draft.production && (
          <Checkbox
            label={t("calendar.shortDays")}
            checked={draft.shortDays ?? false}
            onChange={(event) => setDraft({ ...draft, shortDays: event.currentTarget.checked })}
          />
        )}
        <TagsInput
          label={t("calendar.holidays")}
          description={t("calendar.holidaysHelp")}
          value={draft.holidays}
          onChange={(holidays) => setDraft({ ...draft, holidays: holidays.sort() })}
        />
        <div>
          <Text fz="xs" fw={600} mb={4}>
            {t("calendar.special")}
          </Text>
          {Object.entries(draft.special)
            .sort()
            .map(([day, spans]) => (
              <DayRow key={day} label={day} spans={spans} onChange={(next) => setSpecial(day, next)} onRemove={() => setSpecial(day, null)} />
            ))}
          <Group gap={4}>
            <TextInput type="date" aria-label={t("calendar.specialDay")} value={date} onChange={(event) => setDate(event.currentTarget.value)} />
            <Button
              variant="default"
              disabled={!date}
              leftSection={<IconPlus size={14} />}
              onClick={() => {
                setSpecial(date, [{ from: "09:00", to: "15:00" }]);
                setDate("");
              }}
            >
              {t("common.add")}
            </Button>
          </Group>
        </div>
        {problem && (
          <Text fz="sm" c="var(--bad)" role="alert">
            {problemWords(problem, language)}
          </Text>
        )}
        <Group>
          <Button disabled={!changed || Boolean(problem)} onClick={save}>
            {t("common.save")}
          </Button>
          <Button variant="default" disabled={!changed} onClick={() => setDraft(calendar)}>
            {t("code.discard")}
          </Button>
        </Group>
      </Stack>
    </div>
  );
}

function withoutProduction({ production: _country, shortDays: _short, ...calendar }: Calendar): Calendar {
  return calendar;
}

/** Hours to begin with: a working day, then what is left of the evening. */
function nextSpan(last: Span | undefined): Span {
  if (!last || last.to >= "23:00" || last.to < last.from) return { from: "09:00", to: "18:00" };
  return { from: last.to, to: last.to < "20:00" ? "20:00" : "24:00" };
}

function DayRow({ label, spans, onChange, onRemove }: { label: string; spans: readonly Span[]; onChange(spans: Span[]): void; onRemove?: () => void }) {
  const { t } = useWords();
  const put = (index: number, change: Partial<Span>) => onChange(spans.map((span, at) => (at === index ? { ...span, ...change } : span)));
  return (
    <div className={classes.day}>
      <span className={classes.dayName}>{label}</span>
      <Group gap={6}>
        {spans.length === 0 && (
          <Text fz="sm" c="dimmed">
            {t("calendar.closed")}
          </Text>
        )}
        {spans.map((span, index) => (
          <Group key={index} gap={2} wrap="nowrap">
            <ClockInput ariaLabel={`${label} ${t("campaigns.windowFrom")}`} value={span.from} onChange={(from) => put(index, { from })} />
            <span>–</span>
            <ClockInput ariaLabel={`${label} ${t("campaigns.windowTo")}`} value={span.to} onChange={(to) => put(index, { to })} />
            {span.to < span.from && (
              <Text fz="xs" c="dimmed">
                {t("calendar.overnight")}
              </Text>
            )}
            <IconButton size={22} label={t("common.remove")} onClick={() => onChange(spans.filter((_span, at) => at !== index))}>
              <IconX size={13} />
            </IconButton>
          </Group>
        ))}
        <IconButton size={24} label={t("calendar.addSpan")} onClick={() => onChange([...spans, nextSpan(spans.at(-1))])}>
          <IconPlus size={14} />
        </IconButton>
        {onRemove && (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={onRemove}>
            {t("common.remove")}
          </Button>
        )}
      </Group>
    </div>
  );
}

import { Collapse, Group, MultiSelect, NumberInput, Stack, TagsInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { RetrySettings } from "../../flows/strategy/retry-settings.ts";
import { useWords } from "../i18n/index.ts";
import { readClock } from "../ui/ClockInput.tsx";
import { IconChevronDown, IconChevronRight } from "../ui/icons.ts";
import classes from "./campaigns.module.css";

const outcomes = ["noAnswer", "busy", "rejected", "machine", "failed", "unknown"] as const;
/** Where parts of the day begin when nobody says otherwise. */
const usualParts = ["00:00", "12:00", "17:00"];

/** Parts of the day mean nothing when no outcome asks for another one. */
const noShift = { shiftAfter: undefined, dayParts: undefined };

type Props = { retry: RetrySettings; onChange(retry: RetrySettings): void };

/** Campaign settings in addition to the retry rules of its strategy. Empty: the strategy decides. */
export function RetryFields({ retry, onChange }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(() => Object.keys(retry).length > 0);
  const set = (change: Partial<RetrySettings>) => onChange({ ...retry, ...change });
  const shifts = (retry.shiftAfter ?? []).length > 0;
  return (
    <div>
      <UnstyledButton className={classes.more!} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        {t("retry.more")}
      </UnstyledButton>
      <Collapse expanded={open}>
        <Stack gap="sm" pt="sm">
          <Group grow align="flex-end">
            <Count label={t("retry.perDay")} max={100} value={retry.perDay} onChange={(perDay) => set({ perDay })} />
            <Count label={t("retry.perWeek")} max={500} value={retry.perWeek} onChange={(perWeek) => set({ perWeek })} />
            <Count label={t("retry.nextNumberAfter")} max={20} value={retry.nextNumberAfter} onChange={(nextNumberAfter) => set({ nextNumberAfter })} />
          </Group>
          <p className={classes.note}>{t("retry.countsHelp")}</p>
          <TagsInput
            label={t("retry.spreadHours")}
            description={t("retry.spreadHoursHelp")}
            placeholder={retry.spreadHours ? undefined : "27, 29, 31"}
            splitChars={[",", ";", " "]}
            maxTags={10}
            value={(retry.spreadHours ?? []).map(String)}
            onChange={(texts) => set({ spreadHours: filled(hoursOf(texts)) })}
          />
          <MultiSelect
            label={t("retry.shiftAfter")}
            description={t("retry.shiftAfterHelp")}
            data={outcomes.map((value) => ({ value, label: t(`exit.${value}`) }))}
            value={retry.shiftAfter ?? []}
            onChange={(chosen) => set(chosen.length > 0 ? { shiftAfter: outcomes.filter((outcome) => chosen.includes(outcome)) } : noShift)}
          />
          {shifts && (
            <TagsInput
              label={t("retry.dayParts")}
              description={t("retry.dayPartsHelp", { usual: usualParts.join(", ") })}
              placeholder={retry.dayParts ? undefined : usualParts.join(", ")}
              splitChars={[",", ";", " "]}
              maxTags={6}
              value={retry.dayParts ?? []}
              error={goodRetry(retry) ? undefined : t("retry.dayPartsFew")}
              onChange={(texts) => set({ dayParts: filled(clocks(texts)) })}
            />
          )}
        </Stack>
      </Collapse>
    </div>
  );
}

/** One part of the day is no parting. */
export const goodRetry = ({ dayParts }: RetrySettings): boolean => dayParts === undefined || dayParts.length >= 2;

const filled = <Item,>(items: Item[]): Item[] | undefined => (items.length > 0 ? items : undefined);

/** Tags, and tags that came as one text: "27, 29". */
const words = (texts: readonly string[]): string[] => texts.flatMap((text) => text.split(/[,;\s]+/)).filter((text) => text !== "");

const hoursOf = (texts: readonly string[]): number[] =>
  words(texts)
    .map(Number)
    .filter((hours) => Number.isInteger(hours) && hours >= 1 && hours <= 72)
    .slice(0, 10);

function clocks(texts: readonly string[]): string[] {
  const read = words(texts)
    .map(readClock)
    .filter((clock): clock is string => clock !== null && clock !== "24:00");
  return [...new Set(read)].sort().slice(0, 6);
}

type CountProps = { label: string; max: number; value: number | undefined; onChange(value: number | undefined): void };

function Count({ label, max, value, onChange }: CountProps) {
  return (
    <NumberInput
      label={label}
      min={1}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      placeholder="—"
      value={value ?? ""}
      onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
    />
  );
}

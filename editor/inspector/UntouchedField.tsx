import { NumberInput } from "@mantine/core";
import { limits } from "../../flows/schema/limits.ts";
import { edit, type Edit } from "../document/edits/edit.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";

const setUntouchedHours = (hours: number | undefined): Edit => ({ ...edit("set-untouched", () => ({ untouchedHours: hours }), "untouched"), whole: true });

/** How long an operator's card may stay untouched before it is closed as unfinished. */
export function UntouchedField() {
  const { t } = useWords();
  const store = useFlowStore();
  const hours = useFlow((state) => state.whole.untouchedHours);
  return (
    <NumberInput
      label={t("flow.untouched")}
      description={t("flow.untouchedHelp")}
      placeholder={String(limits.untouchedHours)}
      min={1}
      max={limits.untouchedHoursMost}
      allowDecimal={false}
      clampBehavior="blur"
      value={hours ?? ""}
      onChange={(next) => store.edit(setUntouchedHours(typeof next === "number" && next >= 1 ? Math.min(next, limits.untouchedHoursMost) : undefined))}
    />
  );
}

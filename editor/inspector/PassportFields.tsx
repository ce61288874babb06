import { Select, Text, TextInput } from "@mantine/core";
import { labelLength } from "../../flows/check/law/laws.ts";
import { flowPurposes, type FlowPassport } from "../../flows/schema/flow.ts";
import { edit, type Edit } from "../document/edits/edit.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";

/** Empty fields are removed; a passport without fields is removed. */
function setPassport(passport: FlowPassport): Edit {
  const filled = Object.fromEntries(Object.entries(passport).filter(([, value]) => value));
  const changed = edit("set-passport", () => ({ passport: Object.keys(filled).length > 0 ? filled : undefined }), "passport");
  return { ...changed, whole: true };
}

/** Purpose, consent basis and call label, read by the calling rules. */
export function PassportFields() {
  const { t } = useWords();
  const store = useFlowStore();
  const passport = useFlow((state) => state.whole.passport) ?? {};
  const label = passport.label ?? "";
  return (
    <>
      <Text fz="xs" fw={600} mt={6}>
        {t("passport.title")}
      </Text>
      <Select
        label={t("passport.purpose")}
        data={flowPurposes.map((value) => ({ value, label: t(`passport.purpose.${value}`) }))}
        value={passport.purpose ?? null}
        clearable
        onChange={(value) => store.edit(setPassport({ ...passport, purpose: flowPurposes.find((each) => each === value) }))}
      />
      <TextInput
        label={t("passport.consent")}
        description={t("passport.consentHelp")}
        value={passport.consent ?? ""}
        maxLength={200}
        onChange={(event) => store.edit(setPassport({ ...passport, consent: event.currentTarget.value }))}
      />
      <TextInput
        label={t("passport.label")}
        description={t("passport.labelHelp", { count: [...label].length, most: labelLength })}
        value={label}
        maxLength={200}
        error={[...label].length > labelLength}
        onChange={(event) => store.edit(setPassport({ ...passport, label: event.currentTarget.value }))}
      />
    </>
  );
}

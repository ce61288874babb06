import { Select, Stack, Text, TextInput } from "@mantine/core";
import { useWords } from "../i18n/index.ts";
import { InputField } from "../library/InputField.tsx";
import type { CallGiven } from "./call-given.ts";
import type { SideProps } from "./SidePanel.tsx";
import { WorldData } from "./WorldData.tsx";

/** Conditions of the next call. */
export function GivenForm(props: SideProps) {
  const { flow, session, given, setGiven } = props;
  const { t } = useWords();
  const set = (change: Partial<CallGiven>) => setGiven({ ...given, ...change });
  return (
    <Stack gap={6}>
      <TextInput label={t("phone.caller")} value={given.caller} onChange={(event) => set({ caller: event.currentTarget.value })} />
      <TextInput
        label={t("phone.now")}
        type="datetime-local"
        value={given.now}
        description={given.now ? undefined : t("phone.nowHelp")}
        onChange={(event) => set({ now: event.currentTarget.value })}
      />
      {flow.languages.length > 1 && (
        <Select
          label={t("phone.language")}
          data={[{ value: "", label: t("phone.firstLanguage") }, ...flow.languages.map((each) => ({ value: each as string, label: t(`language.${each}`) }))]}
          value={given.language}
          allowDeselect={false}
          onChange={(value) => set({ language: (value ?? "") as CallGiven["language"] })}
        />
      )}
      <WorldData {...props} />
      {Object.keys(flow.inputs).length > 0 && (
        <Text fz="xs" fw={600} c="dimmed" mt={4}>
          {t("phone.inputs")}
        </Text>
      )}
      {Object.entries(flow.inputs).map(([name, variable]) => (
        <InputField
          key={name}
          name={name}
          variable={variable}
          value={given.inputs[name]}
          onChange={(value) => set({ inputs: { ...given.inputs, [name]: value } })}
        />
      ))}
      {flow.kind === "strategy" &&
        ["phone", "name"].map((name) => (
          <TextInput
            key={name}
            label={t(`phone.contact.${name}`)}
            value={String(given.contact[name] ?? "")}
            onChange={(event) => set({ contact: { ...given.contact, [name]: event.currentTarget.value } })}
          />
        ))}
      {session && (
        <Text fz="xs" c="dimmed">
          {t("phone.givenNext")}
        </Text>
      )}
    </Stack>
  );
}

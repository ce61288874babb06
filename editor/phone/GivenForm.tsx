import { Select, Stack, Text, TextInput } from "@mantine/core";
import { show } from "../../flows/expressions/evaluate.ts";
import type { Value } from "../../flows/schema/values.ts";
import { useWords } from "../i18n/index.ts";
import { ChoiceInput } from "../library/ChoiceInput.tsx";
import { readValue } from "../inspector/read-value.ts";
import type { CallGiven } from "./call-given.ts";
import type { SideProps } from "./SidePanel.tsx";
import { WorldData } from "./WorldData.tsx";

/** Under what conditions the next call begins. */
export function GivenForm(props: SideProps) {
  const { flow, session, given, setGiven } = props;
  const { t, say } = useWords();
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
      {Object.entries(flow.inputs).map(([name, variable]) =>
        variable.options ? (
          <ChoiceInput
            key={name}
            label={say(variable.title, name)}
            options={variable.options}
            value={given.inputs[name]}
            initial={variable.default}
            onChange={(value) => set({ inputs: withInput(given.inputs, name, value) })}
          />
        ) : (
          <TextInput
            key={name}
            label={say(variable.title, name)}
            value={given.inputs[name] === undefined ? "" : show(given.inputs[name]!)}
            placeholder={variable.default === undefined ? "" : show(variable.default)}
            onChange={(event) =>
              set({ inputs: withInput(given.inputs, name, event.currentTarget.value === "" ? undefined : readValue(variable.type, event.currentTarget.value)) })
            }
          />
        ),
      )}
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

function withInput(inputs: Record<string, Value>, name: string, value: Value | undefined): Record<string, Value> {
  const { [name]: _old, ...others } = inputs;
  return value === undefined ? others : { ...others, [name]: value };
}

import { Checkbox, Group, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { idPattern } from "../../flows/schema/ids.ts";
import { flowLanguages, type FlowLanguage } from "../../flows/schema/flow.ts";
import { setFlowSettings } from "../document/edits/set-flow-settings.ts";
import { setOutcomes } from "../document/edits/set-outcomes.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { withOwn } from "../ui/own-text.ts";
import classes from "./inspector.module.css";
import { PassportFields } from "./PassportFields.tsx";
import { UntouchedField } from "./UntouchedField.tsx";
import { VariablesEditor } from "./VariablesEditor.tsx";

/** Nothing selected: the settings of the flow. */
export function FlowPanel() {
  const { t } = useWords();
  const store = useFlowStore();
  const flow = useFlow((state) => state.flow);
  const issues = useFlow((state) => state.issues);
  const { language } = useWords();
  const own = issues.filter((issue) => issue.node === null && issue.severity !== "info");
  const toggle = (each: FlowLanguage, on: boolean) => {
    const languages = on ? flowLanguages.filter((item) => item === each || flow.languages.includes(item)) : flow.languages.filter((item) => item !== each);
    if (languages.length > 0) store.edit(setFlowSettings({ languages }));
  };
  return (
    <div className={classes.panel}>
      <div className={classes.body}>
        <Text fw={600} mb={8}>
          {t("flow.settings")}
        </Text>
        {own.length > 0 && (
          <ul className={classes.issues}>
            {own.map((issue, index) => (
              <li key={index} data-severity={issue.severity}>
                {issue.message[language]}
              </li>
            ))}
          </ul>
        )}
        <Stack gap={8}>
          {flow.languages.map((each) => (
            <TextInput
              key={each}
              label={t("flow.titleIn", { language: each })}
              value={flow.title[each] ?? ""}
              onChange={(event) => store.edit(setFlowSettings({ title: withOwn(flow.title, each, event.currentTarget.value) }))}
            />
          ))}
          <Textarea
            label={t("flow.description")}
            autosize
            minRows={2}
            maxRows={6}
            value={flow.description?.[language] ?? ""}
            onChange={(event) => store.edit(setFlowSettings({ description: withOwn(flow.description, language, event.currentTarget.value) }))}
          />
          <Checkbox.Group label={t("flow.languages")} value={flow.languages}>
            <Group gap="md" mt={4}>
              {flowLanguages.map((each) => (
                <Checkbox key={each} value={each} label={t(`language.${each}`)} onChange={(event) => toggle(each, event.currentTarget.checked)} />
              ))}
            </Group>
          </Checkbox.Group>
          <TagsInput
            label={t("flow.tags")}
            value={flow.tags ?? []}
            onChange={(tags) => store.edit(setFlowSettings({ tags: tags.length > 0 ? tags : undefined }))}
          />
          <TagsInput
            label={t("flow.outcomes")}
            description={t("flow.outcomesHelp")}
            value={flow.outcomes}
            onChange={(outcomes) => store.edit(setOutcomes(outcomes.filter((item) => idPattern.test(item))))}
          />
          {flow.kind === "script" ? <UntouchedField /> : <PassportFields />}
        </Stack>
        <VariablesEditor part="inputs" />
        <VariablesEditor part="variables" />
      </div>
    </div>
  );
}

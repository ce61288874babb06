import { Button, FileButton, Group, Menu, SegmentedControl, Text, Textarea } from "@mantine/core";
import { useContext, useState } from "react";
import type { FlowLanguage, Prompt } from "../../../flows/schema/flow.ts";
import { api } from "../../api/index.ts";
import { together } from "../../document/edits/edit.ts";
import { setConfig } from "../../document/edits/set-config.ts";
import { setPrompt } from "../../document/edits/set-prompt.ts";
import { useFlow, useFlowStore } from "../../document/use-flow.ts";
import { useWords } from "../../i18n/index.ts";
import { listen } from "../../phone/listen.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { IconDots, IconMusic, IconPlayerPlay, IconPlus, IconUpload, IconX } from "../../ui/icons.ts";
import { attempt } from "../../ui/notify.ts";
import type { FieldProps } from "../field-view.ts";
import classes from "../inspector.module.css";
import { useIssue } from "../use-issue.ts";
import { useNodeEdit } from "../use-node-edit.ts";
import { FieldFrame } from "./FieldFrame.tsx";
import { InsertName } from "./InsertName.tsx";
import { SurroundingsContext } from "../../document/surroundings-context.ts";

export const partsOf = (prompt: Prompt | undefined): { text: string; audio: string | undefined } =>
  typeof prompt === "string" ? { text: prompt, audio: undefined } : { text: prompt?.text ?? "", audio: prompt?.audio };

/** A prompt: its text in each language, a recording, a button to play it. */
export function PromptField({ field, value, onChange, node, path, compact }: FieldProps) {
  const { t } = useWords();
  const edit = useNodeEdit(node);
  const key = typeof value === "string" ? value : "";
  if (!key) {
    const create = () => {
      const { key: fresh, edits } = edit.newPrompt(path.length > 1 ? `${field.name}-${Number(path[1]) + 1}` : field.name);
      edit.set(path, fresh, edits);
    };
    return (
      <FieldFrame field={field}>
        {() => (
          <div>
            <Button variant="default" leftSection={<IconPlus size={14} />} onClick={create}>
              {t("inspector.addText")}
            </Button>
          </div>
        )}
      </FieldFrame>
    );
  }
  return <PromptEditor promptKey={key} field={field} node={node} path={path} onChange={onChange} value={value} {...(compact ? { compact } : {})} />;
}

function PromptEditor({ promptKey, field, node, path, onChange, compact }: FieldProps & { promptKey: string }) {
  const { t } = useWords();
  const store = useFlowStore();
  const language = useFlow((state) => state.language);
  const languages = useFlow((state) => state.flow.languages);
  const prompt = useFlow((state) => state.flow.prompts[promptKey]);
  const kind = useFlow((state) => state.flow.kind);
  const { text, audio } = partsOf(prompt?.[language]);
  const error = useIssue(null, `prompts.${promptKey}.${language}`);
  const other = languages.find((each) => each !== language && partsOf(prompt?.[each]).text.trim() === "" && !partsOf(prompt?.[each]).audio);
  const put = (next: Prompt | undefined) => store.edit(setPrompt(promptKey, language, next));
  const write = (next: string) => put(audio ? { ...(next ? { text: next } : {}), audio } : next);
  const right = (
    <span className={classes.promptTools}>
      {languages.length > 1 && (
        <LanguageTabs languages={languages} value={language} onChange={(next) => store.setLanguage(next)} {...(other ? { missing: other } : {})} />
      )}
      <InsertName onPick={(name) => write(`${text}{{ ${name} }}`)} />
      <PromptMenu promptKey={promptKey} onChange={onChange} optional={!field.required} node={node} path={path} />
    </span>
  );
  return (
    <FieldFrame field={field} error={error} {...(compact ? { compact } : {})} right={right}>
      {(id) => (
        <>
          <Textarea
            id={id}
            value={text}
            autosize
            minRows={compact ? 1 : 2}
            maxRows={12}
            error={Boolean(error)}
            data-path={`prompts.${promptKey}.${language}`}
            placeholder={t(audio ? "inspector.caption" : "inspector.promptHere")}
            lang={language}
            onChange={(event) => write(event.currentTarget.value)}
          />
          {kind === "ivr" && (
            <Sound text={text} audio={audio} language={language} onAudio={(hash) => put(hash ? { ...(text ? { text } : {}), audio: hash } : text)} />
          )}
        </>
      )}
    </FieldFrame>
  );
}

function LanguageTabs({
  languages,
  value,
  onChange,
  missing,
}: {
  languages: readonly FlowLanguage[];
  value: FlowLanguage;
  onChange(next: FlowLanguage): void;
  missing?: FlowLanguage;
}) {
  const data = languages.map((each) => ({ value: each, label: each === missing ? `${each} ·` : each }));
  return <SegmentedControl size="xs" className={classes.tabs} data={data} value={value} onChange={(next) => onChange(next as FlowLanguage)} />;
}

function Sound({ text, audio, language, onAudio }: { text: string; audio: string | undefined; language: string; onAudio(hash: string | null): void }) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const around = useContext(SurroundingsContext);
  const upload = async (file: File | null) => {
    if (!file) return;
    setBusy(true);
    await attempt(async () => onAudio((await api.upload(file, file.name)).hash), t("inspector.uploaded"), t("inspector.uploadFailed"));
    setBusy(false);
  };
  const hear = () => void attempt(() => listen(audio ? { audio } : { text, language }), undefined, t("inspector.listenFailed"));
  const silent = around.voices !== undefined && !around.voices.includes(language) && !audio;
  return (
    <Group gap={4} mt={4}>
      <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconPlayerPlay size={13} />} disabled={!audio && !text.trim()} onClick={hear}>
        {t("inspector.listen")}
      </Button>
      <FileButton accept="audio/wav,audio/mpeg,.wav,.mp3" onChange={(file) => void upload(file)}>
        {(props) => (
          <Button size="compact-xs" variant="subtle" color="gray" loading={busy} leftSection={<IconUpload size={13} />} {...props}>
            {t("inspector.upload")}
          </Button>
        )}
      </FileButton>
      {audio && (
        <Group gap={2}>
          <IconMusic size={13} />
          <Text fz="xs">{t("inspector.recording")}</Text>
          <IconButton size={20} label={t("inspector.dropRecording")} onClick={() => onAudio(null)}>
            <IconX size={12} />
          </IconButton>
        </Group>
      )}
      {silent && (
        <Text fz="xs" c="dimmed">
          {t("inspector.noVoice", { language })}
        </Text>
      )}
    </Group>
  );
}

/** Another prompt in this place, or none. */
function PromptMenu({
  promptKey,
  onChange,
  optional,
  node,
  path,
}: {
  promptKey: string;
  onChange(value: unknown): void;
  optional: boolean;
  node: string;
  path: FieldProps["path"];
}) {
  const { t } = useWords();
  const store = useFlowStore();
  const keys = useFlow((state) => state.flow.prompts);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton size={22} label={t("inspector.otherPrompt")}>
          <IconDots size={14} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown mah={300} style={{ overflow: "auto" }}>
        <Menu.Label>{t("inspector.usePrompt")}</Menu.Label>
        {Object.entries(keys)
          .filter(([key]) => key !== promptKey)
          .map(([key, prompt]) => (
            <Menu.Item key={key} maw={320} onClick={() => onChange(key)}>
              <Text fz="xs" ff="monospace">
                {key}
              </Text>
              <Text fz="xs" c="dimmed" truncate>
                {partsOf(prompt.ru ?? prompt.en).text}
              </Text>
            </Menu.Item>
          ))}
        {optional && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => store.edit(together("set-config", [setConfig(node, path, undefined)]))}>{t("inspector.noPrompt")}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

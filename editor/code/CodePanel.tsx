import { Button, Group, Text } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { replaceDocument } from "../document/edits/replace-document.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import classes from "./code.module.css";
import JsonText from "./JsonText.tsx";

/** The flow as text. Apply makes the change as one undo step; invalid text is explained and changes nothing. */
export default function CodePanel() {
  const { t, language } = useWords();
  const store = useFlowStore();
  const flow = useFlow((state) => state.whole);
  const text = useMemo(() => JSON.stringify(flow, null, 2), [flow]);
  const [draft, setDraft] = useState(text);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    setDraft(text);
    setError(null);
  }, [text]);
  const changed = draft !== text;
  const apply = () => {
    const parsed = parseFlow(draft);
    if (!parsed.flow) {
      const issue = parsed.issues[0];
      return setError(issue ? `${issue.path ? `${issue.path}: ` : ""}${issue.message[language]}` : t("code.unreadable"));
    }
    if (parsed.flow.kind !== flow.kind) return setError(t("code.otherKind"));
    setError(null);
    store.edit(replaceDocument(parsed.flow));
  };
  return (
    <div className={classes.panel}>
      <Group className={classes.bar!} gap="sm">
        <Button disabled={!changed} onClick={apply}>
          {t("code.apply")}
        </Button>
        <Button
          variant="default"
          disabled={!changed}
          onClick={() => {
            setDraft(text);
            setError(null);
          }}
        >
          {t("code.discard")}
        </Button>
        {error ? (
          <Text fz="sm" c="var(--bad)" role="alert">
            {error}
          </Text>
        ) : (
          <Text fz="sm" c="dimmed">
            {t(changed ? "code.changed" : "code.same")}
          </Text>
        )}
      </Group>
      <div className={classes.text}>
        <JsonText value={draft} onChange={setDraft} label={t("drawer.code")} />
      </div>
    </div>
  );
}

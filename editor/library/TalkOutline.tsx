import { promptFor, type Flow } from "../../flows/schema/flow.ts";
import type { Conversation, TalkItem } from "../../flows/simulate/conversation.ts";
import { useWords, type Translate } from "../i18n/index.ts";
import classes from "./library.module.css";

/** A conversation in the words of its prompts. */
export function TalkOutline({ flow, conversation }: { flow: Flow; conversation: Conversation }) {
  const { t, say, language } = useWords();
  return (
    <details className={classes.talk}>
      <summary>{say(conversation.title)}</summary>
      <ol>
        {conversation.talk.map((item, index) => (
          <li key={index}>{line(item, flow, language, t)}</li>
        ))}
      </ol>
    </details>
  );
}

function line(item: TalkItem, flow: Flow, language: string, t: Translate): string {
  if ("hear" in item) return `«${promptFor(flow, item.hear, language)?.text || item.hear}»`;
  if ("press" in item) return t("outline.press", { keys: item.press });
  if ("say" in item) return t("outline.say", { text: item.say });
  if ("wait" in item) return t("outline.wait", { seconds: item.wait });
  if ("silence" in item) return t("outline.silence");
  if ("hangup" in item) return t("outline.hangup");
  if ("answer" in item) return t("outline.answer", { text: item.answer || "→" });
  if ("fill" in item) return t("outline.fill", { text: Object.values(item.fill).map(String).join(", ") });
  if ("back" in item) return t("outline.back");
  if ("fault" in item) return t("outline.fault", { service: item.fault });
  return t("outline.clock", { when: item.clock });
}

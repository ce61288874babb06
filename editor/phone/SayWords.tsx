import { TextInput, UnstyledButton } from "@mantine/core";
import { useState, type RefObject } from "react";
import { useWords } from "../i18n/index.ts";
import { IconMicrophone } from "../ui/icons.ts";
import { livePhrases } from "./call-view.ts";
import classes from "./phone.module.css";
import type { PhoneSession } from "./phone-session.ts";

/** Speech input: words are typed or selected from the expected ones. */
export function SayWords({ session, field, onSaid }: { session: PhoneSession; field: RefObject<HTMLInputElement | null>; onSaid(): void }) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const phrases = livePhrases(session.player);
  if (phrases === null) return null;
  const say = (words: string) => {
    if (words.trim() === "") return;
    session.utter(words.trim());
    setText("");
    onSaid();
  };
  return (
    <div className={classes.saying}>
      <TextInput
        ref={field}
        aria-label={t("phone.say")}
        placeholder={t("phone.sayHelp")}
        leftSection={<IconMicrophone size={14} />}
        rightSection={<kbd>W</kbd>}
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && say(text)}
      />
      {phrases.length > 0 && (
        <div className={classes.phrases}>
          {phrases.map((phrase) => (
            <UnstyledButton key={phrase} className={classes.phrase} onClick={() => say(phrase)}>
              {phrase}
            </UnstyledButton>
          ))}
        </div>
      )}
    </div>
  );
}

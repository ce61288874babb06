import { UnstyledButton } from "@mantine/core";
import type { Flow } from "../../flows/schema/flow.ts";
import { useWords } from "../i18n/index.ts";
import { liveChoices } from "./call-view.ts";
import classes from "./phone.module.css";
import type { PhoneSession } from "./phone-session.ts";

const keys = [..."123456789*0#"];

/** Keys with their current meanings. */
export function Keypad({ flow, session }: { flow: Flow; session: PhoneSession }) {
  const { language } = useWords();
  const choices = liveChoices(flow, session.player, language);
  return (
    <div className={classes.pad}>
      <div className={classes.keys}>
        {keys.map((key) => (
          <UnstyledButton
            key={key}
            className={classes.key}
            data-live={choices.some((choice) => choice.key === key) || undefined}
            disabled={session.player.done}
            onClick={() => session.digit(key)}
          >
            {key}
          </UnstyledButton>
        ))}
      </div>
      <ul className={classes.choices}>
        {choices.map((choice) => (
          <li key={choice.key}>
            <UnstyledButton
              className={classes.choice}
              disabled={session.player.done}
              onClick={() => {
                for (const digit of choice.key) session.digit(digit);
              }}
            >
              <kbd>{choice.key}</kbd>
              <span>{choice.label}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

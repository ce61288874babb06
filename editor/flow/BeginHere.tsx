import { UnstyledButton } from "@mantine/core";
import { useRef, useState } from "react";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconBooks, IconMessageDots, IconPlayerPlay } from "../ui/icons.ts";
import { navigate } from "../ui/router.ts";
import classes from "./flow.module.css";
import { TalkDialog } from "./TalkDialog.tsx";
import { insertNode } from "./use-canvas-edits.ts";

/** An empty flow: three ways to begin instead of a blank canvas. */
export function BeginHere() {
  const { t } = useWords();
  const store = useFlowStore();
  const kind = useFlow((state) => state.flow.kind);
  const [talk, setTalk] = useState(false);
  const used = useRef(false);
  const blank = () => {
    if (used.current) return;
    used.current = true;
    if (Object.keys(store.get().flow.nodes).length === 0) insertNode(store, "start", { at: [0, 0] });
    store.select([Object.keys(store.get().flow.nodes)[0]!]);
    insertNode(store, { ivr: "say", script: "step", strategy: "dial" }[kind]);
  };
  return (
    <div className={classes.begin}>
      <div className={classes.beginCards}>
        <UnstyledButton className={classes.beginCard} onClick={() => navigate("/library")}>
          <IconBooks size={22} />
          <h3>{t("begin.library")}</h3>
          <p>{t("begin.libraryHelp")}</p>
        </UnstyledButton>
        <UnstyledButton className={classes.beginCard} onClick={() => setTalk(true)}>
          <IconMessageDots size={22} />
          <h3>{t("begin.talk")}</h3>
          <p>{t("begin.talkHelp")}</p>
        </UnstyledButton>
        <UnstyledButton className={classes.beginCard} onClick={blank}>
          <IconPlayerPlay size={22} />
          <h3>{t("begin.blank")}</h3>
          <p>{t("begin.blankHelp")}</p>
        </UnstyledButton>
      </div>
      {talk && <TalkDialog onClose={() => setTalk(false)} />}
    </div>
  );
}

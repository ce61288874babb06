import { UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Flow } from "../../flows/schema/flow.ts";
import { minutes, useWords, type Translate } from "../i18n/index.ts";
import type { TalkLine } from "./call-view.ts";
import { exitAt, nodeAt, titleAt } from "./node-at.ts";
import classes from "./phone.module.css";

type Props = {
  lines: readonly TalkLine[];
  startedAt: number;
  flow: Flow;
  onPick?: (node: string) => void;
  /** Where a call can be taken back to: to the moment of this line. */
  onBack?: (line: TalkLine) => void;
};

/** The call as a conversation with times. A line leads to its node; with Shift, the call goes back to that line. */
export function Transcript({ lines, startedAt, flow, onPick, onBack }: Props) {
  const { t, language } = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => void box.current?.scrollTo({ top: box.current.scrollHeight }), [lines.length]);
  return (
    <div className={classes.talk} ref={box} role="log" aria-label={t("phone.transcript")}>
      {lines.map((line, index) => (
        <UnstyledButton
          key={index}
          className={classes.line}
          data-side={line.side}
          onClick={(event) => (event.shiftKey && onBack ? onBack(line) : onPick?.(line.node))}
          title={[nodeAt(flow, line.node) ? titleAt(flow, line.node, language) : "", onBack ? t("phone.backHere") : ""].filter(Boolean).join(" · ")}
        >
          <span className={classes.lineTime}>{minutes(line.at - startedAt)}</span>
          <span className={classes.bubble}>{lineText(line, flow, language, t)}</span>
        </UnstyledButton>
      ))}
    </div>
  );
}

export function lineText(line: TalkLine, flow: Flow, language: string, t: Translate): string {
  if (line.kind === "said" || line.kind === "log") return line.text;
  if (line.kind === "reply")
    return t("talk.reply", {
      node: titleAt(flow, line.node, language),
      exit: exitAt(flow, line.node, line.text, language, t),
    });
  if (line.kind === "attempt.invalid") return t("talk.attempt.invalid", { digits: String(line.values?.["digits"] ?? "") });
  if (line.kind === "end") return line.text ? t("talk.endWith", { outcome: line.text }) : t("talk.end");
  return t(`talk.${line.kind}`, { text: line.text });
}

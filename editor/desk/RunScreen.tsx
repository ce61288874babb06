import { Alert, Button, Group, Loader, Modal, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { exitLabel } from "../canvas/exit-label.ts";
import { titleOf } from "../document/node-facts.ts";
import { api, type DeskRun } from "../api/index.ts";
import { minutes, useWords } from "../i18n/index.ts";
import { IconFlagCheck } from "../ui/icons.ts";
import { navigate } from "../ui/router.ts";
import { Failed } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import classes from "./desk.module.css";
import { deskAct, isEmptyField, isTyping, type DeskAct } from "./desk-keys.ts";
import { TakenKeys } from "./taken-keys.ts";
import { Digest } from "./Digest.tsx";
import { KeysHelp } from "./KeysHelp.tsx";
import { StepCard } from "./StepCard.tsx";
import { useRun, type Run } from "./use-run.ts";

/** One conversation. Every action has a shortcut; no input is lost. */
export function RunScreen({ id }: { id: string }) {
  const { t } = useWords();
  const state = useRun(id);
  const [help, setHelp] = useState(false);
  const [know, setKnow] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const { run } = state;
  useKeys(state, {
    help: () => setHelp((before) => !before),
    know: () => setKnow((before) => !before),
    field: () => box.current?.querySelector<HTMLElement>("[data-field]")?.focus(),
  });
  useEffect(() => setKnow(false), [run?.shown?.id]);
  if (!run) return state.error ? <Failed error={state.error} retry={state.reload} /> : <Loader size="sm" m="xl" />;
  return (
    <div className={classes.desk} ref={box}>
      <CallBar run={run} state={state} onHelp={() => setHelp(true)} onLeave={() => setLeaving(true)} />
      {run.held && !run.done && (
        <div role="alert" className={classes.held}>
          {t("desk.held")}
          <Button size="compact-sm" onClick={state.takeOver}>
            {t("desk.takeOver")}
          </Button>
        </div>
      )}
      {state.offline && (
        <Alert color="red" py={4}>
          {t("desk.offline")}
        </Alert>
      )}
      <div className={classes.columns} data-card={run.card ? true : undefined}>
        <Digest run={run} />
        <section className={classes.centre} aria-live="polite">
          {run.done ? (
            <Ended run={run} />
          ) : run.shown ? (
            <fieldset className={classes.body} disabled={run.held === true}>
              <StepCard key={run.shown.id} shown={run.shown} state={state} know={know} onKnow={() => setKnow(!know)} canGoBack={run.trail.length > 1} />
            </fieldset>
          ) : (
            <Text c="dimmed" p="xl">
              {t("desk.waits")}
            </Text>
          )}
        </section>
      </div>
      {help && <KeysHelp onClose={() => setHelp(false)} />}
      {leaving && <LeaveCard onClose={() => setLeaving(false)} onLeave={state.leave} />}
    </div>
  );
}

type Others = { help(): void; know(): void; field(): void };

function useKeys(state: Run, others: Others) {
  const latest = useRef({ state, others });
  latest.current = { state, others };
  useEffect(() => {
    const taken = new TakenKeys();
    const onKey = (event: KeyboardEvent) => {
      if (taken.swallows(event)) return event.preventDefault();
      const act = deskAct(event, isTyping(event.target), isEmptyField(event.target));
      if (!act || event.repeat || (event.target instanceof HTMLElement && event.target.closest("[role=dialog]"))) return;
      if (!perform(act, event.target, latest.current.state, latest.current.others)) return;
      taken.take(event);
      event.preventDefault();
    };
    const onUp = (event: KeyboardEvent) => taken.release(event);
    addEventListener("keydown", onKey);
    addEventListener("keyup", onUp);
    return () => {
      removeEventListener("keydown", onKey);
      removeEventListener("keyup", onUp);
    };
  }, []);
}

/** Does what a key asks; false leaves the key to the browser. */
function perform(act: DeskAct, target: EventTarget | null, state: Run, others: Others): boolean {
  const { run } = state;
  if (act.do === "main") return forward(target, state);
  if (act.do === "answer") {
    const answer = run?.shown?.step.answers[act.index];
    if (answer) state.choose(answer.value);
    return answer !== undefined;
  }
  if (act.do === "back") {
    if (run && run.trail.length > 1 && !run.done) state.back();
  } else if (act.do === "hangup") state.hangup();
  else others[act.do]();
  return true;
}

/** Enter: the next field, then the only way on; several answers wait for their digit. */
function forward(target: EventTarget | null, { run, choose }: Run): boolean {
  if (target instanceof HTMLButtonElement || target instanceof HTMLTextAreaElement) return false;
  if (run?.done) {
    navigate("/desk");
    return true;
  }
  const typing = isTyping(target);
  if (typing && nextField(target as HTMLElement)) return true;
  const answers = run?.shown?.step.answers ?? [];
  if (run?.shown && answers.length <= 1) choose(answers[0]?.value ?? "");
  else if (typing) (target as HTMLElement).blur();
  return true;
}

/** Enter in a field goes to the next one; false on the last. */
function nextField(from: HTMLElement): boolean {
  const all = [...document.querySelectorAll<HTMLElement>("[data-field]")];
  const next = all[all.indexOf(from) + 1];
  next?.focus();
  return next !== undefined;
}

type BarProps = { run: DeskRun; state: Run; onHelp(): void; onLeave(): void };

function CallBar({ run, state, onHelp, onLeave }: BarProps) {
  const { t, say, language } = useWords();
  const [now, setNow] = useState(Date.now());
  const stepFrom = useRef({ id: run.shown?.id, at: Date.now() });
  if (stepFrom.current.id !== run.shown?.id) stepFrom.current = { id: run.shown?.id, at: Date.now() };
  const document = useLoad(() => api.flow(run.flow).then((details) => details.document), [run.flow]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const label = (node: string, answer: string) => {
    const flow = document.data;
    if (!flow?.nodes[node]) return answer || node;
    const title = titleOf(flow, node, language);
    return answer ? `${title}: ${exitLabel(answer, flow, node, language, t)}` : title;
  };
  return (
    <header className={classes.bar}>
      <strong className={classes.title}>{say(run.title, run.flow)}</strong>
      {run.caller && <span className={classes.number}>{run.caller}</span>}
      <nav className={classes.trail} aria-label={t("desk.trail")}>
        {run.trail.slice(0, -1).map((visit, index) => (
          <button key={index} type="button" className={classes.crumb} onClick={() => state.back(index)} title={t("desk.goBack")}>
            {label(visit.node, visit.answer)}
          </button>
        ))}
      </nav>
      <span className={classes.timers}>
        <span title={t("desk.callTime")}>{minutes(now - run.startedAt)}</span>
        {!run.done && (
          <span className={classes.stepTime} title={t("desk.stepTime")}>
            {minutes(now - stepFrom.current.at)}
          </span>
        )}
      </span>
      {!run.done &&
        (run.hungup ? (
          <span className={classes.gone}>{t("desk.gone")}</span>
        ) : (
          <Button variant="default" rightSection={<kbd>F9</kbd>} onClick={state.hangup}>
            {t("desk.hangup")}
          </Button>
        ))}
      {!run.done && (
        <Button variant="subtle" color="gray" onClick={onLeave} title={t("desk.leaveHelp")}>
          {t("desk.leave")}
        </Button>
      )}
      <Button variant="subtle" color="gray" onClick={onHelp} aria-label={t("desk.keys")}>
        <kbd>?</kbd>
      </Button>
    </header>
  );
}

function LeaveCard({ onClose, onLeave }: { onClose(): void; onLeave(): void }) {
  const { t } = useWords();
  return (
    <Modal opened onClose={onClose} title={t("desk.leaveTitle")}>
      <Text mb="md">{t("desk.leaveHelp")}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          data-autofocus
          onClick={() => {
            onLeave();
            onClose();
          }}
        >
          {t("desk.leave")}
        </Button>
      </Group>
    </Modal>
  );
}

function Ended({ run }: { run: DeskRun }) {
  const { t, say } = useWords();
  return (
    <div className={classes.ended}>
      <IconFlagCheck size={32} />
      <h2>{t(run.unfinished ? "desk.leftUnfinished" : "desk.ended")}</h2>
      <Text>
        {t("desk.outcome")}: <b>{run.outcomeWords ? say(run.outcomeWords) : (run.outcome ?? "—")}</b>
      </Text>
      <Button size="md" autoFocus rightSection={<kbd>Enter</kbd>} onClick={() => navigate("/desk")}>
        {t("desk.next")}
      </Button>
    </div>
  );
}

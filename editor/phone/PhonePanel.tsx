import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Flow } from "../../flows/schema/flow.ts";
import { minutes, useWords } from "../i18n/index.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { keyName } from "../ui/key-name.ts";
import {
  IconBookmarkPlus,
  IconMicrophone,
  IconPhone,
  IconPhoneOff,
  IconPlayerSkipBack,
  IconPlayerTrackNext,
  IconRefresh,
  IconVolume,
  IconVolumeOff,
  IconZzz,
} from "../ui/icons.ts";
import { Keypad } from "./Keypad.tsx";
import { OperatorStep } from "./OperatorStep.tsx";
import classes from "./phone.module.css";
import type { PhoneSession, Speed } from "./phone-session.ts";
import { SayWords } from "./SayWords.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { Transcript } from "./Transcript.tsx";
import { joinDigits, talkOf } from "./call-view.ts";
import type { CallGiven } from "./call-given.ts";

type Props = {
  flow: Flow;
  session: PhoneSession | null;
  given: CallGiven;
  setGiven(given: CallGiven): void;
  onCall(): void;
  onSave(): void;
  onSpeed(speed: Speed): void;
  onPick(node: string): void;
};

/** The Phone: calls the flow in the page. */
export function PhonePanel(props: Props) {
  const { flow, session, given, setGiven, onCall } = props;
  const { t } = useWords();
  if (!session) {
    return (
      <div className={classes.phone}>
        <div className={classes.idle}>
          <Text fw={600}>{t(`phone.begin.${flow.kind}`)}</Text>
          <Text c="dimmed" fz="sm">
            {t(`phone.beginHelp.${flow.kind}`)}
          </Text>
          <Button size="sm" leftSection={<IconPhone size={16} />} onClick={onCall}>
            {t(`phone.start.${flow.kind}`)}
          </Button>
        </div>
        <SidePanel flow={flow} session={null} given={given} setGiven={setGiven} />
      </div>
    );
  }
  return <Running key={session.given.now} {...props} session={session} />;
}

function Running({ flow, session, given, setGiven, onCall, onSave, onSpeed, onPick }: Props & { session: PhoneSession }) {
  useSyncExternalStore(session.subscribe, session.getVersion);
  const box = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLInputElement>(null);
  const { player } = session;
  useEffect(() => box.current?.focus(), [session]);
  const onKey = (event: React.KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keyActs(session, flow, words.current)[phoneKey(event)];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div className={classes.phone} ref={box} tabIndex={-1} onKeyDown={onKey}>
      <div className={classes.device}>
        <CallHead session={session} />
        {flow.kind === "ivr" ? <Keypad flow={flow} session={session} /> : <OperatorStep session={session} kind={flow.kind} />}
        <CallButtons session={session} kind={flow.kind} onCall={onCall} onSave={onSave} onSpeed={onSpeed} />
      </div>
      <div className={classes.talkColumn}>
        <Transcript
          lines={joinDigits(talkOf(player.journal))}
          startedAt={Date.parse(session.given.now)}
          flow={flow}
          onPick={onPick}
          onBack={(line) => session.backTo(line.at, line.side === "caller")}
        />
        <SayWords session={session} field={words} onSaid={() => box.current?.focus()} />
      </div>
      <SidePanel flow={flow} session={session} given={given} setGiven={setGiven} />
    </div>
  );
}

/** Digits of the upper row count whatever the layout prints there without Shift (AZERTY: "&" is the key 1). */
const phoneKey = (event: React.KeyboardEvent): string => {
  if (/^[0-9*#]$/.test(event.key)) return event.key;
  const row = event.shiftKey ? null : /^Digit(\d)$/.exec(event.code);
  return row ? row[1]! : keyName(event);
};

function keyActs(session: PhoneSession, flow: Flow, words: HTMLInputElement | null): Record<string, () => void> {
  if (session.player.done) return {};
  const digits = flow.kind === "ivr" ? Object.fromEntries([..."0123456789*#"].map((digit) => [digit, () => session.digit(digit)])) : {};
  return {
    ...digits,
    S: () => session.silence(),
    H: () => session.hangup(),
    Z: () => void session.stepBack(),
    ...(words ? { W: () => words.focus() } : {}),
    Backspace: () => void session.stepBack(),
  };
}

function CallHead({ session }: { session: PhoneSession }) {
  const { t } = useWords();
  const now = useClock(session);
  const { player } = session;
  const state = player.done ? "ended" : session.loading ? "loading" : player.recording ? "recording" : player.playing ? "speaking" : "listening";
  const outcome = player.done ? player.result().outcome : null;
  return (
    <div className={classes.callHead} data-state={state}>
      <div>
        <div className={classes.number}>{session.given.caller}</div>
        <div className={classes.callState} data-testid="phone-state" data-state={state}>
          {t(`phone.state.${state}`)}
          {outcome ? ` · ${outcome}` : ""}
        </div>
      </div>
      <span className={classes.timer}>{minutes(now - Date.parse(session.given.now))}</span>
    </div>
  );
}

/** Virtual time, a few times a second. */
function useClock(session: PhoneSession): number {
  const [now, setNow] = useState(() => session.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(session.now()), 250);
    return () => clearInterval(timer);
  }, [session]);
  return Math.max(now, session.player.now);
}

type ButtonProps = { session: PhoneSession; kind: string; onCall(): void; onSave(): void; onSpeed(speed: Speed): void };

function CallButtons({ session, kind, onCall, onSave, onSpeed }: ButtonProps) {
  const { t } = useWords();
  const { player } = session;
  return (
    <div className={classes.buttons}>
      <Group gap={4} justify="space-between" wrap="nowrap">
        {player.done ? (
          <Button color="accent" leftSection={<IconRefresh size={14} />} onClick={onCall}>
            {t("phone.again")}
          </Button>
        ) : (
          <Button color="red" variant="light" leftSection={<IconPhoneOff size={14} />} rightSection={<kbd>H</kbd>} onClick={() => session.hangup()}>
            {t("phone.hangup")}
          </Button>
        )}
        <IconButton label={t("phone.save")} onClick={onSave}>
          <IconBookmarkPlus size={16} />
        </IconButton>
      </Group>
      <Group gap={2} justify="space-between" wrap="nowrap">
        <IconButton label={t("phone.back")} keys="Z" onClick={() => session.stepBack()}>
          <IconPlayerSkipBack size={16} />
        </IconButton>
        <IconButton label={t(kind === "strategy" ? "phone.next" : "phone.silence")} keys="S" disabled={player.done} onClick={() => session.silence()}>
          {kind === "strategy" ? <IconPlayerTrackNext size={16} /> : <IconZzz size={16} />}
        </IconButton>
        {player.recording && (
          <IconButton label={t("phone.speak")} onClick={() => session.speak(3000)}>
            <IconMicrophone size={16} />
          </IconButton>
        )}
        <IconButton label={t(session.muted ? "phone.unmute" : "phone.mute")} onClick={() => session.setMuted(!session.muted)}>
          {session.muted ? <IconVolumeOff size={16} /> : <IconVolume size={16} />}
        </IconButton>
        <SegmentedControl
          data={[
            { value: "1", label: "1×" },
            { value: "2", label: "2×" },
            { value: "instant", label: t("phone.instant") },
          ]}
          value={String(session.speed)}
          aria-label={t("phone.speed")}
          onChange={(value) => onSpeed(value === "instant" ? "instant" : (Number(value) as Speed))}
        />
      </Group>
    </div>
  );
}

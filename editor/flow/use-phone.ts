import { useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { api, type FlowDetails } from "../api/index.ts";
import type { Overlay } from "../canvas/canvas-model.ts";
import { SurroundingsContext } from "../document/surroundings-context.ts";
import { useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { otherFlows } from "../phone/other-flows.ts";
import { askedWorld } from "../phone/asked-world.ts";
import { activeNode } from "../phone/call-view.ts";
import { emptyGiven, givenFor, type CallGiven } from "../phone/call-given.ts";
import { PhoneSession, type Speed } from "../phone/phone-session.ts";
import { loadStoredData } from "../phone/load-stored-data.ts";
import { toConversation } from "../phone/to-conversation.ts";
import { downloadText } from "../ui/download.ts";
import { attempt } from "../ui/notify.ts";
import { useKept } from "../ui/use-kept.ts";

export type Phone = {
  session: PhoneSession | null;
  given: CallGiven;
  setGiven(given: CallGiven): void;
  overlay: Overlay | null;
  call(): void;
  save(): void;
  setSpeed(speed: Speed): void;
};

const noSubscription = () => () => {};

/** The Phone of the open flow; it exists as long as the screen, whatever tab is shown. */
export function usePhone(details: FlowDetails): Phone {
  const { t, moment } = useWords();
  const store = useFlowStore();
  const around = useContext(SurroundingsContext);
  const [given, setGiven] = useKept<CallGiven>(`phone.${details.document.id}`, emptyGiven);
  const [speed, keepSpeed] = useKept<Speed>("phone.speed", 1);
  const [session, setSession] = useState<PhoneSession | null>(null);
  const version = useSyncExternalStore(session?.subscribe ?? noSubscription, session?.getVersion ?? (() => 0));
  useEffect(() => () => session?.stop(), [session]);
  const overlay = useMemo<Overlay | null>(
    () => (session ? { active: session.player.done ? null : activeNode(session.player.journal), visits: session.player.result().path } : null),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the version stands for the session's inside
    [session, version],
  );
  const call = () => {
    session?.stop();
    void attempt(
      async () => {
        const { whole } = store.get();
        const find = await otherFlows(whole);
        const asked = askedWorld(whole, find);
        const stored = await loadStoredData(asked);
        const next = new PhoneSession(whole, givenFor(whole, given, around.calendarsByName, asked, stored), find);
        if (next.speed !== speed) next.setSpeed(speed);
        setSession(next);
      },
      undefined,
      t("phone.cannot"),
    );
  };
  const setSpeed = (next: Speed) => {
    keepSpeed(next);
    session?.setSpeed(next);
  };
  const save = () => {
    if (!session) return;
    const { acts, player } = session.finished();
    const conversation = toConversation(t("tests.savedTitle", { when: moment(Date.now()) }), session.given, acts, player, session.flow);
    downloadText(`${session.flow.id}.conversation.json`, `${JSON.stringify(conversation, null, 2)}\n`, "application/json");
    void attempt(async () => void (await api.addTests(session.flow.id, [conversation])), t("phone.testSaved"), t("tests.notSaved"));
  };
  return { session, given, setGiven, overlay, call, save, setSpeed };
}

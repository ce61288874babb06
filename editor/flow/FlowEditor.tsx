import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { api, type FlowDetails } from "../api/index.ts";
import { autosave, type Autosave, type Conflict } from "../document/autosave.ts";
import { checkLive } from "../document/check-live.ts";
import { keptDraft } from "../document/draft-keeper.ts";
import { replaceDocument } from "../document/edits/replace-document.ts";
import { loadSurroundings, type Surroundings } from "../document/environment.ts";
import { FlowStore } from "../document/flow-store.ts";
import { SurroundingsContext } from "../document/surroundings-context.ts";
import { FlowStoreProvider } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { notifyDone } from "../ui/notify.ts";
import { Loading } from "../ui/Screen.tsx";
import { useLoad, type Loaded } from "../ui/use-load.ts";
import { ConflictDialog } from "./ConflictDialog.tsx";
import { FlowScreen } from "./FlowScreen.tsx";

/** Loads a flow and keeps it: checks, autosave, undo. */
export default function FlowEditor({ id }: { id: string }) {
  const details = useLoad(() => api.flow(id), [id]);
  return <Loading of={details}>{(data) => <OpenFlow details={data} loaded={details} />}</Loading>;
}

function OpenFlow({ details, loaded }: { details: FlowDetails; loaded: Loaded<FlowDetails> }) {
  const { t, language } = useWords();
  const [store] = useState(() => openStore(details, language, () => notifyDone(t("flow.restored"))));
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const around = useLoad(loadSurroundings, []);
  const surroundings = useMemo<Surroundings>(() => around.data ?? { calendarsByName: {} }, [around.data]);
  const saver = useRef<Autosave | null>(null);

  useEffect(() => {
    const own = autosave(store, (flow, revision) => api.saveFlow(flow, revision), setConflict);
    saver.current = own;
    const leaving = () => void own.flush();
    addEventListener("pagehide", leaving);
    return () => {
      removeEventListener("pagehide", leaving);
      own.stop();
    };
  }, [store]);
  useEffect(() => checkLive(store, () => surroundings, api.inlined), [store, surroundings]);

  const resolve = (keep: "mine" | "theirs") => {
    if (conflict) saver.current?.resolve(keep, conflict);
    setConflict(null);
  };
  return (
    <FlowStoreProvider value={store}>
      <SurroundingsContext value={surroundings}>
        <ReactFlowProvider>
          <FlowScreen details={details} reload={loaded.reload} flush={() => saver.current?.flush() ?? Promise.resolve()} />
        </ReactFlowProvider>
        {conflict && <ConflictDialog mine={store.get().whole} conflict={conflict} onResolve={resolve} />}
      </SurroundingsContext>
    </FlowStoreProvider>
  );
}

/** The draft of the server, with the unsaved work of this browser on top when it has any. */
function openStore(details: FlowDetails, language: "ru" | "en", restored: () => void): FlowStore {
  const store = new FlowStore(details.document, details.revision, language);
  const kept = keptDraft(details.document.id);
  if (kept && JSON.stringify(kept.flow) !== JSON.stringify(details.document)) {
    store.edit(replaceDocument(kept.flow));
    store.setSaved("dirty", kept.revision);
    restored();
  }
  return store;
}

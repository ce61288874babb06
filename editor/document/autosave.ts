import type { Flow } from "../../flows/schema/flow.ts";
import { ApiError } from "../api/client.ts";
import { forgetDraft, keepDraft } from "./draft-keeper.ts";
import type { FlowStore } from "./flow-store.ts";

export type Conflict = { document: Flow; revision: number };
export type Autosave = { flush(): Promise<void>; stop(): void; resolve(keep: "mine" | "theirs", conflict: Conflict): void };

type Save = (flow: Flow, revision: number) => Promise<{ revision: number }>;
const waitMs = 800;
const retryMs = 5_000;

/** Saves the draft shortly after each change, one save at a time; while it cannot be saved, it is kept in this browser. */
export function autosave(store: FlowStore, save: Save, onConflict: (conflict: Conflict) => void): Autosave {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<void> | null = null;
  /** The version on the server; null while it is older. */
  let sent: Flow | null = store.get().saved === "dirty" ? null : store.get().whole;
  let stopped = false;

  const later = (ms: number) => {
    if (timer) clearTimeout(timer);
    timer = stopped ? null : setTimeout(() => void flush(), ms);
  };

  async function saveOnce(): Promise<void> {
    const { whole: flow, revision } = store.get();
    store.setSaved("saving");
    try {
      const answer = await save(flow, revision);
      sent = flow;
      const clean = store.get().whole === flow;
      if (clean) forgetDraft(flow.id);
      else keepDraft(store.get().whole, answer.revision);
      store.setSaved(clean ? "saved" : "dirty", answer.revision);
      if (!clean) later(waitMs);
    } catch (error) {
      refused(error);
    }
  }

  function refused(error: unknown): void {
    if (error instanceof ApiError && error.status === 409 && error.body["document"]) {
      store.setSaved("conflict");
      onConflict({ document: error.body["document"] as Flow, revision: Number(error.body["revision"]) });
      return;
    }
    store.setSaved("offline");
    later(retryMs);
  }

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    if (running) await running;
    const { saved, whole } = store.get();
    if (stopped || saved === "conflict" || saved === "saved" || whole === sent) return;
    running = saveOnce().finally(() => (running = null));
    await running;
  }

  const unsubscribe = store.subscribe(() => {
    const { whole: flow, saved, revision } = store.get();
    if (saved !== "dirty" || flow === sent) return;
    keepDraft(flow, revision);
    if (!running) later(waitMs);
  });
  if (store.get().saved === "dirty") later(0);

  return {
    flush,
    stop() {
      unsubscribe();
      void flush().finally(() => (stopped = true));
    },
    resolve(keep, conflict) {
      if (keep === "theirs") {
        sent = conflict.document;
        forgetDraft(conflict.document.id);
        store.take(conflict.document, conflict.revision);
        return;
      }
      store.setSaved("dirty", conflict.revision);
      later(0);
    },
  };
}

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, windowId } from "../api/client.ts";
import { api, type DeskRun } from "../api/index.ts";
import { notifyError } from "../ui/notify.ts";
import { forgetFields, keepFields, keptFields, type Fields } from "./run-keeper.ts";

const fillMs = 250;
const retryMs = 4_000;
/** While the script waits for a service there is nothing on the screen: the answer must not wait for a reload. */
const waitingMs = 300;

/** The card on the server is not the one on this screen any more: it is read again. */
const stale: ReadonlySet<string> = new Set(["moved-on", "ended", "held"]);

export type Run = {
  run: DeskRun | null;
  error: unknown;
  fields: Fields;
  missing: readonly string[];
  /** Fields whose text does not fit their type. */
  invalid: readonly string[];
  offline: boolean;
  busy: boolean;
  setField(name: string, value: Fields[string]): void;
  choose(answer: string): void;
  back(index?: number): void;
  hangup(): void;
  leave(): void;
  takeOver(): void;
  reload(): void;
};

/** One card of the desk. Text is stored here at once and on the server within 300 ms; actions wait for it in a queue. */
export function useRun(id: string): Run {
  const [run, setRun] = useState<DeskRun | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [fields, setFields] = useState<Fields>({});
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [invalid, setInvalid] = useState<readonly string[]>([]);
  const [offline, setOffline] = useState(false);
  const [busy, setBusy] = useState(false);
  const chain = useRef<Promise<unknown>>(Promise.resolve());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const typed = useRef<Fields>({});
  const shown = useRef<DeskRun["shown"]>(null);
  const acting = useRef(false);

  const take = useCallback(
    (next: DeskRun) => {
      setOffline(false);
      if (next.held) forgetFields(id);
      if (next.held || next.shown?.id !== shown.current?.id) {
        const local = next.shown ? keptFields(id, next.shown.id) : null;
        typed.current = { ...next.shown?.step.values, ...local };
        setFields(typed.current);
        setMissing([]);
        setInvalid([]);
      }
      shown.current = next.shown;
      if (next.done) forgetFields(id);
      setRun(next);
    },
    [id],
  );

  const inTurn = useCallback(
    (work: () => Promise<DeskRun>): Promise<void> => {
      const next = chain.current
        .catch(() => undefined)
        .then(work)
        .then(take);
      chain.current = next;
      return next;
    },
    [take],
  );

  const refresh = useCallback(() => inTurn(() => api.run(id)).catch(() => undefined), [id, inTurn]);

  const sendFields = useCallback(() => {
    timer.current = null;
    const at = shown.current?.id;
    if (!at) return;
    inTurn(() => api.fill(id, at, typed.current)).catch((failure: unknown) => {
      if (failure instanceof ApiError && stale.has(failure.code)) return void refresh();
      if (!(failure instanceof ApiError && failure.offline)) return notifyError(failure);
      setOffline(true);
      timer.current ??= setTimeout(sendFields, retryMs);
    });
  }, [id, inTurn, refresh]);

  const reload = useCallback(() => {
    setError(null);
    inTurn(() => api.run(id)).then(() => {
      if (shown.current && keptFields(id, shown.current.id)) sendFields();
    }, setError);
  }, [id, inTurn, sendFields]);
  useEffect(() => {
    reload();
    return () => {
      if (timer.current) clearTimeout(timer.current);
    };
  }, [reload]);
  useEffect(() => freeOnLeaving(id), [id]);

  const waiting = run !== null && !run.done && run.shown === null;
  useEffect(() => {
    if (!waiting) return;
    const again = setInterval(() => {
      inTurn(() => api.run(id)).catch((failure: unknown) => setOffline(failure instanceof ApiError && failure.offline));
    }, waitingMs);
    return () => clearInterval(again);
  }, [waiting, id, inTurn]);

  const act = (work: () => Promise<DeskRun>) => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    acting.current = true;
    setBusy(true);
    inTurn(work)
      .catch((failure: unknown) => {
        const fields = failure instanceof ApiError ? ((failure.body["fields"] as string[] | undefined) ?? []) : [];
        if (failure instanceof ApiError && failure.code === "required") return setMissing(fields);
        if (failure instanceof ApiError && failure.code === "invalid") return setInvalid(fields);
        if (failure instanceof ApiError && stale.has(failure.code)) void refresh();
        if (failure instanceof ApiError && failure.offline) setOffline(true);
        notifyError(failure);
      })
      .finally(() => {
        acting.current = false;
        setBusy(false);
      });
  };
  /** First keeps what is typed: the act leaves the step. */
  const actKept = (work: () => Promise<DeskRun>) =>
    act(async () => {
      if (shown.current) await api.fill(id, shown.current.id, typed.current);
      return work();
    });
  return {
    run,
    error,
    fields,
    missing,
    invalid,
    offline,
    busy,
    reload,
    setField(name, value) {
      typed.current = { ...typed.current, [name]: value };
      setFields(typed.current);
      setMissing((before) => before.filter((item) => item !== name));
      setInvalid((before) => before.filter((item) => item !== name));
      if (shown.current) keepFields(id, { shown: shown.current.id, node: shown.current.node, fields: typed.current });
      if (timer.current) clearTimeout(timer.current);
      timer.current = setTimeout(sendFields, fillMs);
    },
    choose: (answer) => {
      const empty = shown.current?.step.fields.filter((field) => field.required && isBlank(typed.current[field.name])).map((field) => field.name) ?? [];
      if (empty.length > 0) return setMissing(empty);
      const at = shown.current?.id;
      if (at && !acting.current) act(() => api.choose(id, at, answer, typed.current));
    },
    back: (index) => actKept(() => api.back(id, index)),
    hangup: () => act(() => api.hangupRun(id)),
    leave: () => actKept(() => api.leaveRun(id)),
    takeOver: () => act(() => api.takeRun(id)),
  };
}

/** Releases the card when this window closes it. */
function freeOnLeaving(id: string): () => void {
  const free = () => void navigator.sendBeacon?.(`/api/desk/runs/${encodeURIComponent(id)}/release?desk=${windowId()}`);
  addEventListener("pagehide", free);
  return () => {
    removeEventListener("pagehide", free);
    free();
  };
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === "";

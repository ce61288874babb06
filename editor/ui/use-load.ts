import { useCallback, useEffect, useRef, useState } from "react";

export type Loaded<T> = { data: T | null; error: unknown; loading: boolean; reload(): void; replace(data: T): void };

/** Loads on mount and whenever a dependency changes; the newest response wins, and old data stays while reloading. */
export function useLoad<T>(load: () => Promise<T>, dependencies: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ data: T | null; error: unknown; loading: boolean }>({ data: null, error: null, loading: true });
  const turn = useRef(0);
  const loader = useRef(load);
  loader.current = load;
  const reload = useCallback(() => {
    const own = ++turn.current;
    setState((before) => ({ ...before, loading: true }));
    loader.current().then(
      (data) => own === turn.current && setState({ data, error: null, loading: false }),
      (error: unknown) => own === turn.current && setState((before) => ({ data: before.data, error, loading: false })),
    );
  }, []);
  useEffect(() => {
    reload();
    return () => void turn.current++;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the caller names what it depends on
  }, [reload, ...dependencies]);
  const replace = useCallback((data: T) => setState({ data, error: null, loading: false }), []);
  return { ...state, reload, replace };
}

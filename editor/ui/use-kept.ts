import { useCallback, useState } from "react";

/** State stored in this browser. */
export function useKept<T>(name: string, initial: T): [T, (value: T) => void] {
  const key = `sufler.${name}`;
  const [value, setValue] = useState<T>(() => {
    try {
      return (JSON.parse(localStorage.getItem(key) ?? "null") as T | null) ?? initial;
    } catch {
      return initial;
    }
  });
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Remembering is a comfort, not a duty.
      }
    },
    [key],
  );
  return [value, keep];
}

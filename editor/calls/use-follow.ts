import { useEffect, useRef } from "react";
import { follow } from "../api/live.ts";
import type { Loaded } from "../ui/use-load.ts";

/** Reloads when a call begins or ends, not more than twice a second. */
export function useFollow(loads: Loaded<unknown>[]) {
  const latest = useRef(loads);
  latest.current = loads;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        for (const each of latest.current) each.reload();
      }, 400);
    };
    const stop = follow({}, { event: (event) => (event.type === "call-begin" || event.type === "call-end") && soon(), reset: soon });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, []);
}

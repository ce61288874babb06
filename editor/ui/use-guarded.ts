import { useState } from "react";
import { notifyError } from "./notify.ts";

/** Work that a screen waits for: `busy` while it runs; errors are shown under `title`, and nothing is lost. */
export function useGuarded(title: string): { busy: boolean; guarded(work: () => Promise<void>): Promise<void> } {
  const [busy, setBusy] = useState(false);
  const guarded = async (work: () => Promise<void>) => {
    setBusy(true);
    await work().catch((error: unknown) => notifyError(error, title));
    setBusy(false);
  };
  return { busy, guarded };
}

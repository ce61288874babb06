/** Whether keys go into a field: then digits and Backspace are text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=dialog]") !== null
  );
}

export type DeskAct = { do: "answer"; index: number } | { do: "main" } | { do: "back" } | { do: "help" } | { do: "know" } | { do: "hangup" } | { do: "field" };
export type KeyEvent = Pick<KeyboardEvent, "key" | "code" | "altKey" | "ctrlKey" | "metaKey">;

/** Whether a field has nothing that Backspace could delete. */
export const isEmptyField = (target: EventTarget | null): boolean => target instanceof HTMLInputElement && target.value === "";

const goesBack = (event: KeyEvent, typing: boolean, empty: boolean): boolean =>
  event.altKey ? event.code === "ArrowLeft" : event.key === "Backspace" && (!typing || empty);

/** The action of a key on the desk. Letters are matched by position, so that a Russian layout works. `empty`: the cursor is in an empty field. */
export function deskAct(event: KeyEvent, typing: boolean, empty = false): DeskAct | null {
  if (event.ctrlKey || event.metaKey) return null;
  if (goesBack(event, typing, empty)) return { do: "back" };
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (digit && (event.altKey || !typing)) return { do: "answer", index: Number(digit) - 1 };
  if (event.key === "F9") return { do: "hangup" };
  if (event.altKey) return event.code === "KeyK" ? { do: "know" } : null;
  if (event.key === "Enter") return { do: "main" };
  if (typing) return null;
  if (event.key === "?" || event.key === "F1" || (event.code === "Slash" && event.key === ",")) return { do: "help" };
  if (event.code === "KeyK") return { do: "know" };
  return event.code === "KeyF" ? { do: "field" } : null;
}

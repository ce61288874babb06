type Key = Pick<KeyboardEvent, "key" | "code">;

const latin = /^[a-z]$/i;
const letterPlace = /^Key([A-Z])$/;

/**
 * The letter of a key for shortcuts, "A" to "Z", else null. On a layout with Latin letters (QWERTY, QWERTZ, AZERTY, Dvorak)
 * it is the letter printed on the key; on any other layout (Russian, Greek) it is the letter of that place on a QWERTY keyboard.
 */
export function letterOf({ key, code }: Key): string | null {
  if (latin.test(key)) return key.toUpperCase();
  return letterPlace.exec(code)?.[1] ?? null;
}

/** The name of a key for shortcuts: its letter, "/" wherever the layout has it, or the key as the browser names it. */
export function keyName(event: Key): string {
  const letter = letterOf(event);
  if (letter !== null) return letter;
  // A Russian layout has "." where others have "/".
  return event.code === "Slash" && event.key === "." ? "/" : event.key;
}

/** A shortcut such as "Ctrl+Shift+Z". Shift is not named where it only serves to type the "/". */
export function shortcutOf(event: Key & Pick<KeyboardEvent, "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const name = keyName(event);
  const shift = event.shiftKey && name !== "/";
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${name}`;
}

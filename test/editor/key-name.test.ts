import { describe, expect, test } from "vitest";
import { keyName, shortcutOf } from "../../editor/ui/key-name.ts";

type Press = { key: string; code: string; shift?: boolean };
const held = ({ key, code, shift = false }: Press) => ({ key, code, ctrlKey: true, metaKey: false, altKey: false, shiftKey: shift });
const bare = ({ key, code, shift = false }: Press) => ({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: shift });

/** The key labelled Z and the key labelled Y of a layout: what the browser reports for them. */
const layouts: Record<string, { undo: Press; redo: Press }> = {
  "QWERTY (English)": { undo: { key: "z", code: "KeyZ" }, redo: { key: "y", code: "KeyY" } },
  "QWERTZ (German)": { undo: { key: "z", code: "KeyY" }, redo: { key: "y", code: "KeyZ" } },
  "AZERTY (French)": { undo: { key: "z", code: "KeyW" }, redo: { key: "y", code: "KeyY" } },
  Dvorak: { undo: { key: "z", code: "Slash" }, redo: { key: "y", code: "KeyT" } },
  "ЙЦУКЕН (Russian)": { undo: { key: "я", code: "KeyZ" }, redo: { key: "н", code: "KeyY" } },
  "ЙЦУКЕН (Ukrainian)": { undo: { key: "я", code: "KeyZ" }, redo: { key: "н", code: "KeyY" } },
  Greek: { undo: { key: "ζ", code: "KeyZ" }, redo: { key: "υ", code: "KeyY" } },
  "Caps Lock": { undo: { key: "Z", code: "KeyZ" }, redo: { key: "Y", code: "KeyY" } },
};

describe.each(Object.entries(layouts))("%s", (_name, { undo, redo }) => {
  test("the key labelled Z takes back, Y and Shift+Z do again", () => {
    expect(shortcutOf(held(undo))).toBe("Ctrl+Z");
    expect(shortcutOf(held(redo))).toBe("Ctrl+Y");
    expect(shortcutOf(held({ ...undo, key: undo.key.toUpperCase(), shift: true }))).toBe("Ctrl+Shift+Z");
  });
});

test("the slash is found where the layout has it, and nowhere else", () => {
  expect(shortcutOf(bare({ key: "/", code: "Slash" }))).toBe("/");
  expect(shortcutOf(bare({ key: "/", code: "Digit7", shift: true }))).toBe("/");
  expect(shortcutOf(bare({ key: ".", code: "Slash" }))).toBe("/");
  expect(shortcutOf(bare({ key: "-", code: "Slash" }))).toBe("-");
});

test("AZERTY: the keys labelled A and W are themselves, not Q and Z", () => {
  expect(keyName({ key: "a", code: "KeyQ" })).toBe("A");
  expect(keyName({ key: "w", code: "KeyZ" })).toBe("W");
});

/** Why a JSON text is refused before it is parsed. */
export type ShapeFault = "too-deep" | "too-many";

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openList, closeList, openMap, closeMap] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Looks at the bytes of a JSON text (UTF-8) as they come, without parsing: how deep it goes and how many values it may
 * hold, about (commas and colons). Not a check of the grammar: that is left to the parser, which then has bounded work.
 */
export function shapeScanner({ depth: deepest, values: most }: { depth: number; values: number }): (bytes: Uint8Array) => ShapeFault | null {
  let depth = 0;
  let values = 0;
  let inText = false;
  let escaped = false;
  const plain = (byte: number): void => {
    if (byte === quote) inText = true;
    else if (byte === openList || byte === openMap) depth += 1;
    else if (byte === closeList || byte === closeMap) depth -= 1;
    else if (byte === comma || byte === colon) values += 1;
  };
  const inside = (byte: number): void => {
    if (escaped) escaped = false;
    else if (byte === backslash) escaped = true;
    else if (byte === quote) inText = false;
  };
  return (bytes) => {
    for (const byte of bytes) {
      if (inText) inside(byte);
      else plain(byte);
      if (depth > deepest) return "too-deep";
      if (values > most) return "too-many";
    }
    return null;
  };
}

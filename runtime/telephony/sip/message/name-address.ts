import { parseParams, unquote, type Params } from "./params.ts";

/** `"Name" <uri>;params` as in From, To, Contact, Route, Refer-To (RFC 3261 §20.10). */
export type NameAddress = { display: string; uri: string; params: Params };

/** Reads one name-addr or addr-spec; undefined when malformed. */
export function parseNameAddress(text: string): NameAddress | undefined {
  const value = text.trim();
  const open = openAngle(value);
  if (open < 0) {
    // Without brackets every parameter belongs to the header, not to the URI (RFC 3261 §20).
    const semicolon = value.indexOf(";");
    const uri = semicolon < 0 ? value : value.slice(0, semicolon).trim();
    if (uri === "" || /[\s"<>]/.test(uri) || !uri.includes(":")) return undefined;
    return { display: "", uri, params: parseParams(semicolon < 0 ? "" : value.slice(semicolon + 1)) };
  }
  const close = value.indexOf(">", open);
  if (close < 0) return undefined;
  const uri = value.slice(open + 1, close).trim();
  if (uri === "" || uri.includes("<")) return undefined;
  const rest = value.slice(close + 1).trim();
  if (rest !== "" && !rest.startsWith(";")) return undefined;
  return { display: unquote(value.slice(0, open).trim()), uri, params: parseParams(rest.slice(1)) };
}

/** Index of the `<` that starts the URI, skipping a quoted display name; -1 when there is none. */
function openAngle(value: string): number {
  if (value[0] !== '"') return value.indexOf("<");
  for (let i = 1; i < value.length; i++) {
    if (value[i] === "\\") i++;
    else if (value[i] === '"') return value.indexOf("<", i);
  }
  return -1;
}

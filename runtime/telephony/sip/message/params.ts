import { limits } from "./limits.ts";
import { splitList } from "./split-list.ts";

/** Parameters by lower-case name; a flag has the value "". */
export type Params = Map<string, string>;

/** Reads `;name=value;flag;name="quoted"`; with `separator` also the comma lists of digest headers. */
export function parseParams(text: string, separator = ";"): Params {
  const params: Params = new Map();
  if (text === "") return params;
  for (const item of splitList(text, separator, limits.params)) {
    const equals = item.indexOf("=");
    const name = (equals < 0 ? item : item.slice(0, equals)).trim().toLowerCase();
    if (name !== "" && !params.has(name)) params.set(name, equals < 0 ? "" : unquote(item.slice(equals + 1).trim()));
  }
  return params;
}

/** Removes the quotes of a quoted-string and its backslashes. */
export function unquote(text: string): string {
  if (text.length < 2 || text[0] !== '"' || text[text.length - 1] !== '"') return text;
  return text.slice(1, -1).replace(/\\(.)/gs, "$1");
}

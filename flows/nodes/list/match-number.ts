export const matchModes = ["exact", "prefix", "mask"] as const;
export type MatchMode = (typeof matchModes)[number];

/**
 * Whether a list entry matches a number. `prefix`: the number starts with the entry. `mask`: `*` stands for any
 * digits, `?` for one. Only digits and a leading plus count; spaces and dashes in the entry do not.
 */
export function matchesNumber(entry: string, number: string, mode: MatchMode): boolean {
  const wanted = entry.replace(/[^0-9+*?]/g, "");
  if (wanted === "") return false;
  if (mode === "prefix") return number.startsWith(wanted);
  return mode === "mask" ? fits(wanted, number) : entry === number;
}

/** Wildcards without a regular expression: linear in practice, never exponential. */
function fits(mask: string, text: string): boolean {
  let m = 0;
  let t = 0;
  let star = -1;
  let retry = 0;
  while (t < text.length) {
    if (m < mask.length && (mask[m] === "?" || mask[m] === text[t])) {
      m++;
      t++;
    } else if (mask[m] === "*") {
      star = m++;
      retry = t;
    } else if (star >= 0) {
      m = star + 1;
      t = ++retry;
    } else return false;
  }
  while (mask[m] === "*") m++;
  return m === mask.length;
}

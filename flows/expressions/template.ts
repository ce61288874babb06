/** Texts with `{{ CEL }}`. A part is literal text or an expression with its place in the source. */
export type TemplatePart = { text: string } | { expression: string; position: number };

/** Splits a text at `{{ … }}`; braces inside string literals and map literals do not end it. Unclosed: literal to the end, `unclosed` set. */
export function splitTemplate(source: string): { parts: TemplatePart[]; unclosed: number | null } {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (;;) {
    const open = source.indexOf("{{", from);
    if (open < 0) break;
    const close = endOfExpression(source, open + 2);
    if (close < 0) return { parts: [...parts, { text: source.slice(from) }], unclosed: open };
    if (open > from) parts.push({ text: source.slice(from, open) });
    const raw = source.slice(open + 2, close);
    const lead = raw.length - raw.trimStart().length;
    parts.push({ expression: raw.trim(), position: open + 2 + lead });
    from = close + 2;
  }
  if (from < source.length) parts.push({ text: source.slice(from) });
  return { parts, unclosed: null };
}

function endOfExpression(source: string, start: number): number {
  let quote = "";
  let depth = 0;
  for (let i = start; i < source.length; i++) {
    const char = source[i]!;
    if (quote) {
      if (char === "\\") i++;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "{") depth++;
    else if (char === "}" && depth > 0) depth--;
    else if (char === "}" && source[i + 1] === "}") return i;
  }
  return -1;
}

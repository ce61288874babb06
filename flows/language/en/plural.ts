/** Picks of [one, other]; a short list gives its last form. */
export function plural(n: number, forms: readonly string[]): string {
  return forms[Math.abs(n) === 1 ? 0 : 1] ?? forms.at(-1) ?? "";
}

import type { Agreement } from "../say-as.ts";
import { cardinal } from "./cardinal.ts";
import { agreedNoun, genderOfForms } from "./noun.ts";

/** двадцать одна минута, к двадцати одной минуте, двух клиентов. */
export function counted(n: number, forms: readonly string[], options: Agreement = {}): string {
  const gender = options.gender ?? genderOfForms(forms);
  return `${cardinal(n, { ...options, gender })} ${agreedNoun(n, forms, { ...options, gender })}`.trim();
}

import { limits } from "../schema/limits.ts";
import { validDigits, type Validation } from "./validate-digits.ts";

/** What an input accepts: menu keys, or a number. */
export type Accept =
  | { kind: "keys"; keys: { key: string; value: string }[]; repeatKey: string }
  | { kind: "digits"; min: number; max: number; validation: Validation };

export type Verdict = { done: string; exit: string } | "more" | "invalid" | "repeat";

/** What one more digit means after `before`. */
export function judge(accept: Accept, terminator: string, before: string, digit: string): Verdict {
  return accept.kind === "keys" ? judgeKey(accept, terminator, before, digit) : judgeDigits(accept, terminator, before, digit);
}

/** What the digits so far mean when nothing more comes. */
export function verdictOfWhole(accept: Accept, typed: string): Verdict {
  if (accept.kind === "digits") return checked(accept, typed);
  const whole = accept.keys.find((choice) => choice.key === typed);
  return whole ? { exit: whole.key, done: whole.value } : "invalid";
}

type Keys = Extract<Accept, { kind: "keys" }>;
type Digits = Extract<Accept, { kind: "digits" }>;

function judgeKey(accept: Keys, terminator: string, before: string, digit: string): Verdict {
  const typed = before + digit;
  const exact = accept.keys.find((choice) => choice.key === typed);
  const longer = accept.keys.some((choice) => choice.key.startsWith(typed) && choice.key !== typed);
  if (exact && !longer) return { exit: exact.key, done: exact.value };
  if (exact || longer) return "more";
  if (digit === terminator && before !== "") return verdictOfWhole(accept, before);
  return typed === accept.repeatKey && typed !== "" ? "repeat" : "invalid";
}

function judgeDigits(accept: Digits, terminator: string, before: string, digit: string): Verdict {
  if (terminator !== "" && terminator.includes(digit)) return checked(accept, before);
  const typed = before + digit;
  return typed.length >= accept.max || typed.length >= limits.digits ? checked(accept, typed) : "more";
}

function checked(accept: Digits, typed: string): Verdict {
  const enough = typed.length >= accept.min;
  return enough && validDigits(typed, accept.validation) ? { exit: "ok", done: typed } : "invalid";
}

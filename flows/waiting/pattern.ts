/**
 * Patterns that an author may use on digits: a small, safe part of regular expressions. No quantifier on a group and at
 * most three that vary, so matching 64 characters is bounded whatever is typed.
 */
const allowed = /^[0-9*#\\d[\]\-(){},|?+.:^$]*$/;
const varying = /(?<!\\)(?:\{\d*,\d*\}|[+?])|(?<!\\)\*/g;

/** Why a pattern is refused, or null when it can be used. Never throws. */
export function patternProblem(pattern: string): "too-long" | "not-allowed" | "quantified-group" | "too-many" | "malformed" | null {
  if (pattern.length > 100) return "too-long";
  if (!allowed.test(pattern)) return "not-allowed";
  if (/\)[+*{]/.test(pattern.replace(/\\./g, ""))) return "quantified-group";
  if ((pattern.match(varying) ?? []).length > 3) return "too-many";
  try {
    new RegExp(`^(?:${pattern})$`);
    return null;
  } catch {
    return "malformed";
  }
}

/** True when the whole of `digits` (at most 64) matches; a refused pattern matches nothing. */
export function matchesPattern(digits: string, pattern: string): boolean {
  return patternProblem(pattern) === null && new RegExp(`^(?:${pattern})$`).test(digits);
}

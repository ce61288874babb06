import ru from "zod/v4/locales/ru.js";

type Found = { path?: readonly unknown[] | undefined; message: string; params?: unknown };

const russian = ru().localeError;

/** A problem of a schema as one line for people: the place, then what to do. Zod says its own in both languages, ours bring theirs along. */
export function problemWords(problem: Found, language: string): string {
  const place = (problem.path ?? [])
    .map((part) => (typeof part === "object" && part !== null ? String((part as { key: unknown }).key) : String(part)))
    .join(".");
  const text = language === "ru" ? inRussian(problem) : problem.message;
  return place === "" ? text : language === "ru" ? `«${place}»: ${text}` : `"${place}": ${text}`;
}

function inRussian(problem: Found): string {
  const own = (problem.params as { ru?: unknown } | undefined)?.ru;
  if (typeof own === "string") return own;
  const said = "code" in problem && problem.code !== "custom" ? russian(problem as Parameters<typeof russian>[0]) : undefined;
  return (typeof said === "string" ? said : said?.message) ?? problem.message;
}

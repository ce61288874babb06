const longest = 50;

/**
 * The name of a column in a contact's data. A Latin header is a name for expressions (`full_name`); any other keeps its
 * words («Город»), and expressions reach it by its letters in Latin, too (`latin-names.ts`).
 */
export function dataName(header: string, index: number): string {
  const trimmed = header.trim();
  if (/\p{L}/u.test(trimmed.replace(/[A-Za-z]/g, ""))) return trimmed.replace(/[."]/g, "_").slice(0, longest);
  const name = trimmed
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[a-z]/.test(name) ? name.slice(0, longest) : `column${index + 1}`;
}

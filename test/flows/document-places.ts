type Options = {
  /** Values that count as one place although they are objects, by their path. */
  whole?: (path: string) => boolean;
  /** Counts an empty object as a value of its own; else it has no place. */
  empties?: boolean;
};

/** Every place of a JSON document with its value, by path ("nodes.a.exits.next"); a list is one place. */
export function placesOf(value: unknown, options: Options = {}, path = "", into = new Map<string, unknown>()): Map<string, unknown> {
  const single = typeof value !== "object" || value === null || Array.isArray(value) || options.whole?.(path) === true;
  if (single || (options.empties && Object.keys(value as object).length === 0)) return into.set(path, value);
  for (const [key, each] of Object.entries(value as object)) placesOf(each, options, path ? `${path}.${key}` : key, into);
  return into;
}

/** Whether a place is, or lies in, another one. The place "" is the whole document. */
export const within = (inner: string, outer: string): boolean =>
  outer === "" || inner === outer || (inner.startsWith(outer) && [".", "["].includes(inner[outer.length]!));

export const touches = (a: string, b: string): boolean => within(a, b) || within(b, a);

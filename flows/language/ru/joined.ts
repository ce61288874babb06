const unions = { and: "и", or: "или" };

/** А, Б и В. */
export function joined(items: readonly string[], last: "and" | "or" = "and"): string {
  const said = items.filter((item) => item.trim() !== "");
  if (said.length < 2) return said[0] ?? "";
  return `${said.slice(0, -1).join(", ")} ${unions[last]} ${said.at(-1)}`;
}

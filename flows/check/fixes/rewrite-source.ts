import type { DocumentEdit, Fix } from "../../schema/issue.ts";
import type { CheckContext } from "../rule.ts";
import { nodePath } from "./places.ts";

/** One expression in the document: `path` is "config.when" of a node or "prompts.<key>.<language>", `offset` its place in that text. */
export type SourcePlace = { node: string | null; path: string; source: string; offset: number };

const shownLength = 60;

/** The fix that replaces an expression; none if the text is not at the expected place. */
export function rewriteSource(context: CheckContext, place: SourcePlace, to: string): Fix[] {
  const edit = rewritten(context, place, to);
  if (!edit) return [];
  const shown = to.length > shownLength ? `${to.slice(0, shownLength)}…` : to;
  return [{ title: { ru: `Заменить на «${shown}»`, en: `Replace with "${shown}"` }, edits: [edit] }];
}

function rewritten(context: CheckContext, place: SourcePlace, to: string): DocumentEdit | null {
  const way = wayTo(context, place);
  const text = way && valueAt(context.flow, way);
  if (!way || typeof text !== "string") return null;
  const { source, offset } = place;
  // A field that is an expression as a whole may have spaces around it.
  const at = text.slice(offset, offset + source.length) === source ? offset : text.trim() === source ? text.indexOf(source) : -1;
  return at < 0 ? null : { set: way, to: text.slice(0, at) + to + text.slice(at + source.length) };
}

/** Where the text is: a prompt is a string, or an object with `text`. */
function wayTo(context: CheckContext, { node, path }: SourcePlace): string[] | null {
  const keys = path.split(".");
  if (keys[0] === "prompts") {
    const way = ["prompts", keys.slice(1, -1).join("."), keys.at(-1)!];
    return typeof valueAt(context.flow, way) === "string" ? way : [...way, "text"];
  }
  const placed = context.all.find((each) => each.id === node);
  return placed ? [...nodePath(placed), ...keys] : null;
}

function valueAt(value: unknown, way: readonly string[]): unknown {
  return way.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
}

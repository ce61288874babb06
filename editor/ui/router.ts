import { useSyncExternalStore } from "react";

export type Route = { screen: string; id: string | null };

/** "/flows/main-menu" → { screen: "flows", id: "main-menu" }; the root is the library. */
export function parseRoute(pathname: string): Route {
  const [screen = "", id = ""] = pathname.split("/").filter(Boolean).map(decode);
  return { screen: screen || "library", id: id || null };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function pathOf(screen: string, id?: string | null): string {
  return `/${screen}${id ? `/${encodeURIComponent(id)}` : ""}`;
}

const listeners = new Set<() => void>();

export function navigate(path: string): void {
  if (path === location.pathname + location.search) return;
  history.pushState(null, "", path);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

export function useRoute(): Route {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  return parseRoute(path);
}

/** For anchors: an ordinary click stays in the page, with a modifier the browser does what it does. */
export function linkTo(path: string) {
  return {
    href: path,
    onClick: (event: { metaKey: boolean; ctrlKey: boolean; shiftKey: boolean; button: number; preventDefault(): void }) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      navigate(path);
    },
  };
}

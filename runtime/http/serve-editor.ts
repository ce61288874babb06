import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import type { Handler } from "hono";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".ico": "image/x-icon",
  ".map": "application/json",
  ".ttf": "font/ttf",
};

/** The built editor: hashed files for ever, everything else is the page (its router takes over). */
export function serveEditor(folder: string): Handler {
  return async (c) => {
    const path = normalize(decodeURIComponent(c.req.path)).replace(/^(\.\.[/\\])+/, "");
    const type = types[extname(path)];
    const file = type && !path.includes("\0") ? await readFile(join(folder, path)).catch(() => null) : null;
    if (file && type) {
      const forever = path.startsWith("/assets/");
      return c.body(new Uint8Array(file).buffer, 200, { "content-type": type, "cache-control": forever ? "public, max-age=31536000, immutable" : "no-cache" });
    }
    if (type && type !== types[".html"]) return c.notFound();
    const page = await readFile(join(folder, "index.html")).catch(() => null);
    if (!page) return c.text("The editor is not built: run npm start, or npm run build.", 503);
    return c.body(new Uint8Array(page).buffer, 200, { "content-type": types[".html"]!, "cache-control": "no-cache" });
  };
}

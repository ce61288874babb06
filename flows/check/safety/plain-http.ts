import { setConfig } from "../fixes/places.ts";
import type { NodeRule } from "../rule.ts";

const plain = /^\s*http:\/\//i;
/** A plain connection inside the private network does not leave it. */
const own = /^\s*http:\/\/(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|[a-z0-9-]+(:\d+)?(\/|$)|[^/]*\.(local|internal|lan)(:|\/|$))/i;

/** An unencrypted request, readable by third parties. */
export const plainHttp: NodeRule = {
  code: "plain-http",
  severity: "warning",
  types: ["http", "screen-pop"],
  each(node) {
    const { url } = node.config as { url: string };
    if (!plain.test(url) || own.test(url)) return [];
    return [
      {
        node: node.id,
        path: "config.url",
        message: { ru: "адрес без шифрования (http): замените на https", en: "the URL is not encrypted (http): change it to https" },
        fixes: [{ title: { ru: "Заменить на https", en: "Change to https" }, edits: [setConfig(node, ["url"], url.replace(plain, "https://"))] }],
      },
    ];
  },
};

import { Loader } from "@mantine/core";
import { useWords } from "../i18n/index.ts";
import { Markdown } from "../ui/Markdown.tsx";
import { useLoad } from "../ui/use-load.ts";
import classes from "./inspector.module.css";

const pages = import.meta.glob<string>("../../flows/nodes/*/node.md", { query: "?raw", import: "default" });

/** The help page of a node type, in the reader's language; the pages hold both. */
export function NodeHelp({ type }: { type: string }) {
  const { t, language } = useWords();
  const page = pages[`../../flows/nodes/${type}/node.md`];
  const loaded = useLoad(async () => (page ? page() : null), [type]);
  return (
    <div style={{ marginBottom: 12 }}>
      {loaded.loading && <Loader size="xs" />}
      {loaded.data ? <Markdown text={inLanguage(loaded.data, language)} /> : !loaded.loading && <p className={classes.note}>{t("inspector.noHelp")}</p>}
    </div>
  );
}

/** Picks the part of a two-language page: sections headed "ru"/"Русский" and "en"/"English"; the whole page when it has none. */
export function inLanguage(page: string, language: "ru" | "en"): string {
  const parts = page.split(/^#{1,3}\s+(ru|en|русский|по-русски|english|in english)\s*$/im);
  for (let i = 1; i < parts.length; i += 2) {
    const name = parts[i]!.toLowerCase();
    if ((name === "ru" || /рус/.test(name)) === (language === "ru")) return parts[i + 1]!.trim();
  }
  return page;
}

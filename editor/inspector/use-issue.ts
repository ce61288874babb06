import { useCallback } from "react";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";

/** The problem at one place of a node (or a prompt) in the user's language, or null. */
export function useIssue(node: string | null, path: string): string | null {
  const { language } = useWords();
  const issue = useFlow(
    useCallback((state) => state.issues.find((item) => item.path === path && (node === null || item.node === node || item.node === null)), [node, path]),
  );
  return issue ? issue.message[language] : null;
}

import type { Value } from "../../flows/schema/values.ts";

export type AnswerCache = {
  get(key: string, at: number): Value | undefined;
  put(key: string, value: Value, until: number): void;
};

/** Cached responses of other services; the least recently used are removed first. */
export function answerCache(most = 500): AnswerCache {
  const kept = new Map<string, { value: Value; until: number }>();
  return {
    get(key, at) {
      const found = kept.get(key);
      if (!found) return undefined;
      kept.delete(key);
      if (found.until <= at) return undefined;
      kept.set(key, found);
      return structuredClone(found.value);
    },
    put(key, value, until) {
      kept.delete(key);
      if (kept.size >= most) kept.delete(kept.keys().next().value!);
      kept.set(key, { value: structuredClone(value), until });
    },
  };
}

import type { CrmMethod } from "../../commands.ts";
import type { Value } from "../../schema/values.ts";

/** The exit of a connector's answer: `findByPhone` by the number of customers, other methods `ok`. */
export function crmExit(method: CrmMethod, value: Value | undefined): string {
  if (method !== "findByPhone") return "ok";
  const found = Array.isArray(value) ? value.length : value ? 1 : 0;
  return found === 0 ? "notFound" : found === 1 ? "found" : "many";
}

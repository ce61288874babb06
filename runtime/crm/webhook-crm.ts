import type { Value } from "../../flows/schema/values.ts";
import type { Fetched, Outside } from "../outside/fetch-bounded.ts";
import { signBody } from "../outside/sign-body.ts";
import type { Clock } from "../ports/clock.ts";
import type { Crm, CrmReply, CrmRequest } from "../ports/crm.ts";

/**
 * A CRM at one URL: POST { method, params, key } → { value }. 409 is a conflict (the slot is taken), 404 of
 * findByPhone is nobody. The key is also in Idempotency-Key.
 */
export function webhookCrm(clock: Pick<Clock, "now">, outside: Outside): Crm {
  return {
    async ask({ connector, method, params, key, timeoutMs, signal }) {
      const body = JSON.stringify({ method, params, key });
      const headers = {
        accept: "application/json",
        "content-type": "application/json",
        ...(key ? { "idempotency-key": encodeURIComponent(key) } : {}),
        ...signBody(body, connector.secret, clock.now()),
      };
      const answer = await outside(connector.url, { method: "POST", body, headers }, { timeoutMs, ...(signal ? { signal } : {}) });
      return replyOf(answer, method);
    },
  };
}

function replyOf(answer: Fetched, method: CrmRequest["method"]): CrmReply {
  if ("timedOut" in answer) return { exit: "timeout" };
  if ("refused" in answer) return { code: "not-allowed", message: answer.refused };
  if ("failed" in answer) return { code: "network", message: answer.failed };
  const { status, value } = answer;
  if (status === 409) return { exit: "conflict", value: inside(value) };
  if (status === 404 && method === "findByPhone") return { exit: "ok", value: [] };
  if (status >= 300) return { code: status === 401 || status === 403 ? "not-allowed" : "network", message: `the CRM answered ${status}` };
  return { exit: "ok", value: inside(value) };
}

/** The value inside { value }, or the whole answer. */
const inside = (value: Value): Value =>
  typeof value === "object" && value !== null && !Array.isArray(value) && "value" in value ? (value["value"] ?? null) : value;

import type { Value } from "../../flows/schema/values.ts";
import type { Fetched, Outside, Sent as Request } from "../outside/fetch-bounded.ts";
import { notifySettingsKey, readNotifySettings, type Gateway } from "../outside/gateway-settings.ts";
import { signBody } from "../outside/sign-body.ts";
import type { Clock } from "../ports/clock.ts";
import type { MessageRow, SettingStore } from "../ports/data-store.ts";
import type { Notify, Sent } from "../ports/notify.ts";

const timeoutMs = 10_000;

/** Sends messages through the HTTP gateways in the settings, which are read every time, so changes apply at once. */
export function gatewayNotify(settings: SettingStore, clock: Pick<Clock, "now">, outside: Outside): Notify {
  return {
    async send(message) {
      const gateway = readNotifySettings(await settings.read(notifySettingsKey))[message.channel];
      if (!gateway) return { ok: false, again: false, reason: `not-available: no gateway is configured for ${message.channel}: add one in the settings` };
      if (message.to.trim() === "" && message.channel !== "webhook") return { ok: false, again: false, reason: "bad-value: the recipient is empty" };
      return sent(await outside(addressOf(gateway.url, message), requestOf(gateway, message, clock.now()), { timeoutMs }));
    },
  };
}

/** Answers that may be different later (RFC 9110 §15, RFC 6585 §4). */
const passing = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

function sent(answer: Fetched): Sent {
  if ("timedOut" in answer) return { ok: false, again: true, reason: "timeout: the gateway did not respond in 10 seconds" };
  if ("refused" in answer) return { ok: false, again: false, reason: `not-allowed: ${answer.refused}` };
  if ("failed" in answer) return { ok: false, again: true, reason: `network: ${answer.failed}` };
  if (answer.status < 300) return { ok: true };
  return { ok: false, again: passing(answer.status), reason: `network: the gateway responded ${answer.status} ${said(answer.value)}`.trim() };
}

const said = (value: Value): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text === "{}" || text === "null" ? "" : text.slice(0, 200);
};

type Part = "to" | "text" | "subject" | "id";

function addressOf(template: string, message: MessageRow): string {
  return template.replace(/\{(to|text|subject|id)\}/g, (_found, part: Part) => encodeURIComponent(message[part]));
}

function requestOf(gateway: Gateway, message: MessageRow, at: number): Request {
  const headers: Record<string, string> = {
    accept: "application/json",
    "idempotency-key": message.id,
    ...(gateway.authorization ? { authorization: gateway.authorization } : {}),
  };
  if (gateway.method === "GET") return { headers };
  const body = gateway.body === "" ? JSON.stringify(whole(message)) : filled(gateway.body, message);
  return { method: "POST", body, headers: { ...headers, "content-type": "application/json", ...signBody(body, gateway.secret, at) } };
}

const whole = ({ id, channel, to, subject, text, data, callId, createdAt }: MessageRow) => ({
  id,
  channel,
  to,
  subject,
  text,
  data,
  call: callId,
  at: createdAt,
});

/** In one pass, so that a text that happens to hold "{to}" is not filled in again. */
function filled(template: string, message: MessageRow): string {
  return template.replace(/\{(to|text|subject|id|data)\}/g, (_found, part: Part | "data") =>
    part === "data" ? JSON.stringify(message.data) : JSON.stringify(message[part]).slice(1, -1),
  );
}

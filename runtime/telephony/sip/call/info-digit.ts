import { header, type SipRequest } from "../message/sip-message.ts";

/** The digit of an INFO with application/dtmf-relay or application/dtmf; undefined when it carries none. */
export function infoDigit(request: SipRequest): string | undefined {
  const type = (header(request, "content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (type === "application/dtmf") return digit(request.body.trim());
  if (type !== "application/dtmf-relay") return undefined;
  const match = /^\s*Signal\s*=\s*(\S+)/im.exec(request.body);
  return match ? digit(match[1]!) : undefined;
}

function digit(text: string): string | undefined {
  if (/^[0-9*#A-D]$/i.test(text)) return text.toUpperCase();
  if (text === "10") return "*";
  return text === "11" ? "#" : undefined;
}

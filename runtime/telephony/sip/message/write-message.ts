/** Writing of SIP messages: strict, in the order proxies like to read them. */
import { hostText } from "./uri.ts";
import { reasonPhrase } from "./reason-phrase.ts";
import { headerText, type HeaderMap } from "./sip-message.ts";

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A request or response as text; one character is one byte. */
export function writeMessage(startLine: string, headers: HeaderList, body = ""): string {
  let text = `${startLine}\r\n`;
  for (const [name, value] of headers) text += `${name}: ${oneLine(value)}\r\n`;
  return `${text}Content-Length: ${body.length}\r\n\r\n${body}`;
}

/** A response to a request: Via, From, To (with our tag), Call-ID and CSeq are copied (RFC 3261 §8.2.6.2). */
export function writeResponse(
  request: { headers: HeaderMap },
  status: number,
  options: { reason?: string; toTag?: string; headers?: HeaderList; body?: string; recordRoute?: boolean } = {},
): string {
  const copied: [string, string][] = [];
  for (const via of request.headers.get("via") ?? []) copied.push(["Via", via]);
  if (options.recordRoute) for (const route of request.headers.get("record-route") ?? []) copied.push(["Record-Route", route]);
  copied.push(["From", headerText(request, "from")]);
  const to = headerText(request, "to");
  const tagged = options.toTag === undefined || /;\s*tag\s*=/i.test(to);
  copied.push(["To", tagged ? to : `${to};tag=${options.toTag}`]);
  copied.push(["Call-ID", headerText(request, "call-id")]);
  copied.push(["CSeq", headerText(request, "cseq")]);
  const line = `SIP/2.0 ${status} ${oneLine(options.reason ?? reasonPhrase(status))}`;
  return writeMessage(line, [...copied, ...(options.headers ?? [])], options.body);
}

/** `host:port` for Via and Contact. */
export function hostPortText(host: string, port: number): string {
  return `${hostText(host)}:${port}`;
}

/** No header injection: a value stays on its line and inside latin-1. */
function oneLine(text: string): string {
  return /[\r\n\0]|[^\0-\xff]/.test(text) ? text.replace(/[\r\n\0]+/g, " ").replace(/[^\0-\xff]/g, "?") : text;
}

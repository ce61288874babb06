/** The user agent without sockets and threads: virtual time, messages as text, media that always opens. */
import { parseMessage } from "../../runtime/telephony/sip/message/parse-message.ts";
import type { SipMessage } from "../../runtime/telephony/sip/message/sip-message.ts";
import type { SignallingReport, SignallingOptions, StreamConfig } from "../../runtime/telephony/sip/threads/protocol.ts";
import type { Flow } from "../../runtime/telephony/sip/transport/flow.ts";
import { Locator } from "../../runtime/telephony/sip/transport/locator.ts";
import { UserAgent } from "../../runtime/telephony/sip/user-agent.ts";
import { VirtualClock } from "./virtual-clock.ts";

export const peerFlow: Flow = { transport: "udp", address: "192.0.2.9", port: 5060 };

export class AgentHarness {
  readonly clock: VirtualClock;
  readonly sent: { at: number; text: string }[] = [];
  readonly reports: SignallingReport[] = [];
  readonly streams: StreamConfig[] = [];
  readonly agent: UserAgent;
  /** A thread does not keep up. */
  overloaded = false;
  private tokens = 0;

  constructor(options: Partial<SignallingOptions> = {}, clock = new VirtualClock(0)) {
    this.clock = clock;
    const all: SignallingOptions = {
      bind: "192.0.2.1",
      sipPort: 5060,
      trunks: [],
      maxLegs: 100,
      allow: "any",
      perSourcePerSecond: 100_000,
      mediaThreads: 1,
      generation: 1,
      ...options,
    };
    this.agent = new UserAgent({
      options: all,
      clock: this.clock,
      send: (text) => void this.sent.push({ at: this.clock.now(), text }),
      media: {
        open: (_leg, opened) => void this.clock.after(0, () => opened(20_000)),
        configure: (_leg, stream) => void this.streams.push(stream),
        digit: () => {},
        close: () => {},
      },
      locator: new Locator(this.clock, all.allow, (_host, done) => done("192.0.2.9")),
      token: () => `t${++this.tokens}`,
      report: (report) => void this.reports.push(report),
      localAddress: () => "192.0.2.1",
      port: () => 5060,
      overloaded: () => this.overloaded,
    });
  }

  /** Bytes from the peer. */
  receive(text: string | Buffer, flow: Flow = peerFlow): void {
    this.agent.receive(typeof text === "string" ? Buffer.from(text, "latin1") : text, flow);
  }

  /** Messages sent since the last look, whose first line begins so. */
  times(start: string): number[] {
    return this.sent.filter((one) => one.text.startsWith(start)).map((one) => one.at);
  }

  last(start: string): SipMessage {
    const found = this.sent.findLast((one) => one.text.startsWith(start));
    const result = found && parseMessage(found.text);
    if (!result?.ok) throw new Error(`nothing sent like ${start}`);
    return result.message;
  }

  report<T extends SignallingReport["type"]>(type: T): Extract<SignallingReport, { type: T }>[] {
    return this.reports.filter((report): report is Extract<SignallingReport, { type: T }> => report.type === type);
  }
}

const SDP = "v=0\r\no=a 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

/** A request of the peer; with `toTag` inside the dialog. */
export function peerRequest(
  method: string,
  options: { sequence?: number; toTag?: string; lines?: readonly string[]; body?: string; branch?: string; callId?: string } = {},
): string {
  const { sequence = 1, toTag, lines = [], callId = "call-1" } = options;
  const body = options.body ?? (method === "INVITE" ? SDP : "");
  return [
    `${method} sip:1000@192.0.2.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 192.0.2.9:5060;branch=${options.branch ?? `z9hG4bK${method}${sequence}${callId}`}`,
    "Max-Forwards: 70",
    "From: <sip:7999@192.0.2.9>;tag=far",
    `To: <sip:1000@192.0.2.1>${toTag ? `;tag=${toTag}` : ""}`,
    `Call-ID: ${callId}`,
    `CSeq: ${sequence} ${method}`,
    "Contact: <sip:7999@192.0.2.9>",
    ...lines,
    ...(body ? ["Content-Type: application/sdp"] : []),
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}

/** A response of the peer to something the agent sent. */
export function peerResponse(request: SipMessage, status: number, lines: readonly string[] = [], body = ""): string {
  const one = (name: string) => request.headers.get(name)![0]!;
  const to = one("to");
  return [
    `SIP/2.0 ${status} X`,
    `Via: ${one("via")}`,
    `From: ${one("from")}`,
    `To: ${/tag=/.test(to) ? to : `${to};tag=far`}`,
    `Call-ID: ${one("call-id")}`,
    `CSeq: ${one("cseq")}`,
    ...lines,
    ...(body ? ["Content-Type: application/sdp"] : []),
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}

export { SDP as peerSdp };

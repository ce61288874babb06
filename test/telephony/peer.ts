/** A small SIP endpoint for tests: real UDP, real RTP, its own reading and writing of messages. */
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { PeerCall } from "./peer-call.ts";
import { PeerRtp } from "./peer-rtp.ts";

export type Message = { text: string; line: string; method: string; status: number; headers: Map<string, string[]>; body: string };

/** What the peer does with an INVITE for a number. */
export type PeerProgram =
  | { kind: "answer"; afterMs: number; earlyMedia?: boolean }
  | { kind: "ring" }
  /** Never says a word. */
  | { kind: "deaf" }
  | { kind: "refuse"; status: number; headers?: readonly string[] }
  /** Asks for credentials, then answers when any Authorization came. */
  | { kind: "challenge"; header: string; check: (authorization: string, uri: string) => boolean };

export class SipPeer {
  readonly port: number;
  readonly calls: PeerCall[] = [];
  /** Every message received, for tests that look at the wire. */
  readonly received: Message[] = [];
  /** Return true to lose a message that arrives. */
  lose: (message: Message) => boolean = () => false;
  /** Answers requests outside calls (REGISTER); undefined = 200. */
  onRequest: (message: Message) => string | undefined = () => undefined;
  private readonly programs = new Map<string, PeerProgram>();
  private readonly socket: Socket;
  private readonly waiting = new Map<string, (message: Message) => void>();
  private next = 1;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.port = socket.address().port;
    socket.on("message", (bytes, from) => void this.take(readMessage(bytes.toString("latin1")), from));
    socket.on("error", () => {});
  }

  static open(): Promise<SipPeer> {
    return new Promise((resolve, reject) => {
      const socket = createSocket("udp4");
      socket.once("error", reject);
      socket.bind(0, "127.0.0.1", () => resolve(new SipPeer(socket)));
    });
  }

  program(number: string, program: PeerProgram): void {
    this.programs.set(number, program);
  }

  /** Places a call; resolves when the INVITE is sent. */
  async call(options: {
    to: string;
    port: number;
    from?: string;
    headers?: readonly string[];
    lateOffer?: boolean;
    law?: "ulaw" | "alaw";
    /** Without telephone-event in its SDP. */
    withoutEvents?: boolean;
    sdp?: string;
  }): Promise<PeerCall> {
    const rtp = await PeerRtp.open();
    rtp.offersEvents = !options.withoutEvents;
    if (options.law) rtp.law = options.law;
    const call = new PeerCall(this, rtp, { port: options.port, callId: `${this.token()}@peer`, localTag: this.token() });
    this.calls.push(call);
    call.invite(options);
    return call;
  }

  /** Sends raw text to a port and gives the first final response with its Call-ID, if one comes in time. */
  ask(text: string, port: number, waitMs = 1_000): Promise<Message | undefined> {
    const callId = /^Call-ID:\s*(\S+)/im.exec(text)?.[1] ?? "";
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), waitMs);
      this.waiting.set(callId, (message) => {
        if (message.status < 200) return;
        clearTimeout(timer);
        this.waiting.delete(callId);
        resolve(message);
      });
      this.send(text, port);
    });
  }

  send(text: string, port: number): void {
    this.socket.send(Buffer.from(text, "latin1"), port, "127.0.0.1");
  }

  token(): string {
    return `p${process.pid}x${this.next++}x${Math.floor(Math.random() * 1e9).toString(36)}`;
  }

  via(): string {
    return `Via: SIP/2.0/UDP 127.0.0.1:${this.port};rport;branch=z9hG4bK${this.token()}`;
  }

  close(): void {
    for (const call of this.calls) call.rtp.close();
    this.socket.close();
  }

  private async take(message: Message, from: RemoteInfo): Promise<void> {
    if (this.lose(message)) return;
    this.received.push(message);
    const callId = message.headers.get("call-id")?.[0] ?? "";
    this.waiting.get(callId)?.(message);
    const call = this.calls.find((one) => one.callId === callId);
    if (call) return call.take(message);
    if (message.method === "INVITE") return this.invited(message, from);
    if (message.method === "" || message.method === "ACK") return;
    this.send(this.onRequest(message) ?? respond(message, 200, this.token()), from.port);
  }

  private async invited(message: Message, from: RemoteInfo): Promise<void> {
    const number = /^INVITE sip:([^@]*)@/.exec(message.line)?.[1] ?? "";
    const program = this.programs.get(decodeURIComponent(number)) ?? this.programs.get("*") ?? { kind: "refuse", status: 404 };
    const call = new PeerCall(this, undefined, { port: from.port, callId: message.headers.get("call-id")![0]!, localTag: this.token() });
    this.calls.push(call);
    call.rtp = await PeerRtp.open();
    call.invited(message, program);
  }
}

export function readMessage(text: string): Message {
  const end = text.indexOf("\r\n\r\n");
  const [line = "", ...rest] = text.slice(0, end < 0 ? text.length : end).split("\r\n");
  const headers = new Map<string, string[]>();
  for (const one of rest) {
    const colon = one.indexOf(":");
    const name = one.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), one.slice(colon + 1).trim()]);
  }
  const status = Number(/^SIP\/2\.0 (\d{3})/.exec(line)?.[1] ?? 0);
  return { text, line, method: status > 0 ? "" : line.split(" ")[0]!, status, headers, body: end < 0 ? "" : text.slice(end + 4) };
}

export function respond(request: Message, status: number, toTag: string, extra: readonly string[] = [], body = ""): string {
  const to = request.headers.get("to")?.[0] ?? "";
  return [
    `SIP/2.0 ${status} Peer`,
    ...(request.headers.get("via") ?? []).map((via) => `Via: ${via}`),
    ...(request.headers.get("record-route") ?? []).map((route) => `Record-Route: ${route}`),
    `From: ${request.headers.get("from")?.[0] ?? ""}`,
    `To: ${/tag=/.test(to) ? to : `${to};tag=${toTag}`}`,
    `Call-ID: ${request.headers.get("call-id")?.[0] ?? ""}`,
    `CSeq: ${request.headers.get("cseq")?.[0] ?? ""}`,
    ...extra,
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}

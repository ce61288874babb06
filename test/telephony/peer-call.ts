import type { PeerRtp } from "./peer-rtp.ts";
import { respond, type Message, type PeerProgram, type SipPeer } from "./peer.ts";

type Facts = { port: number; callId: string; localTag: string };
type InviteOptions = { to: string; from?: string; headers?: readonly string[]; lateOffer?: boolean; sdp?: string };

/** One call of the test peer, as caller or as callee. */
export class PeerCall {
  readonly callId: string;
  rtp!: PeerRtp;
  /** Statuses received for our INVITEs, in order. */
  readonly statuses: number[] = [];
  /** Final responses by CSeq method, and requests received. */
  readonly responses: Message[] = [];
  readonly requests: Message[] = [];
  answered = false;
  /** Set by BYE, CANCEL or a refusal, whoever sent it. */
  over = false;
  byeReason = "";
  /** When set, an incoming REFER gets this status, and 2xx is followed by NOTIFY with this sipfrag. */
  refer: { status: number; sipfrag?: string } = { status: 202, sipfrag: "SIP/2.0 200 OK" };
  /** Do not ACK a 2xx (for retransmission tests). */
  withholdAck = false;
  /** A challenge header: BYE without credentials gets 407. */
  challengeBye = "";
  private readonly peer: SipPeer;
  private readonly port: number;
  private readonly localTag: string;
  private remoteTag = "";
  private sequence = 0;
  private target = "";
  private localUri = "";
  private remoteUri = "";
  private inviteText = "";
  private incoming: Message | undefined;
  private lateOffer = false;
  private sdpVersion = 1;

  constructor(peer: SipPeer, rtp: PeerRtp | undefined, facts: Facts) {
    this.peer = peer;
    if (rtp) this.rtp = rtp;
    this.port = facts.port;
    this.callId = facts.callId;
    this.localTag = facts.localTag;
  }

  /** The final status of the first INVITE, or 0. */
  get status(): number {
    return this.statuses.find((status) => status >= 200) ?? 0;
  }

  invite(options: InviteOptions): void {
    this.target = `sip:${options.to}@127.0.0.1:${this.port}`;
    this.localUri = `<sip:${options.from ?? "peer"}@127.0.0.1:${this.peer.port}>`;
    this.remoteUri = `<${this.target}>`;
    this.lateOffer = options.lateOffer ?? false;
    const body = this.lateOffer ? "" : (options.sdp ?? this.sdp());
    this.inviteText = this.text("INVITE", options.headers ?? [], body);
    this.peer.send(this.inviteText, this.port);
  }

  /** A re-INVITE with a direction (hold: sendonly or inactive; resume: sendrecv). */
  reinvite(direction: "sendrecv" | "sendonly" | "inactive", lateOffer = false): void {
    this.lateOffer = lateOffer;
    this.sdpVersion++;
    this.peer.send(this.text("INVITE", [], lateOffer ? "" : this.sdp(direction)), this.port);
  }

  update(headers: readonly string[] = []): void {
    this.peer.send(this.text("UPDATE", headers, ""), this.port);
  }

  /** Any request in the dialog. */
  request(method: string, headers: readonly string[] = [], body = ""): void {
    this.peer.send(this.text(method, headers, body), this.port);
  }

  press(digit: string, by: "rfc4733" | "inband" | "info" | "info-plain" = "rfc4733"): void {
    if (by === "rfc4733") void this.rtp.event(digit);
    else if (by === "inband") void this.rtp.inband(digit);
    else if (by === "info") this.request("INFO", ["Content-Type: application/dtmf-relay"], `Signal=${digit}\r\nDuration=160\r\n`);
    else this.request("INFO", ["Content-Type: application/dtmf"], digit);
  }

  hangup(headers: readonly string[] = []): void {
    this.over = true;
    if (this.answered) this.request("BYE", headers);
    else this.cancel(headers);
  }

  cancel(headers: readonly string[] = []): void {
    const lines = this.inviteText.split("\r\n").filter((line) => /^(Via|From|To|Call-ID|Max-Forwards):/.test(line));
    this.peer.send([`CANCEL ${this.target} SIP/2.0`, ...lines, `CSeq: 1 CANCEL`, ...headers, "Content-Length: 0", "", ""].join("\r\n"), this.port);
  }

  /** Sends the first INVITE again, byte for byte. */
  repeatInvite(): void {
    this.peer.send(this.inviteText, this.port);
  }

  /** Answers a ringing call now. */
  accept(): void {
    if (!this.incoming || this.answered || this.over) return;
    this.answered = true;
    const extra = [`Contact: <sip:peer@127.0.0.1:${this.peer.port}>`, "Content-Type: application/sdp"];
    this.peer.send(respond(this.incoming, 200, this.localTag, extra, this.sdp()), this.port);
  }

  invited(message: Message, program: PeerProgram): void {
    this.incoming = message;
    this.requests.push(message);
    this.remoteTag = tagOf(message.headers.get("from")?.[0] ?? "");
    this.remoteUri = message.headers.get("from")?.[0]?.split(";tag")[0] ?? "";
    this.localUri = message.headers.get("to")?.[0] ?? "";
    this.target = contactOf(message) ?? "";
    this.useSdp(message.body);
    this.follow(program);
  }

  take(message: Message): void {
    if (message.status > 0) return this.takeResponse(message);
    if (message.method === "ACK") return void this.requests.push(message);
    const repeated = this.requests.some((one) => one.text === message.text);
    this.requests.push(message);
    const handle = this.handlers[message.method];
    if (handle) handle(message, repeated);
    else this.peer.send(respond(message, 200, this.localTag), this.port);
  }

  private readonly handlers: Record<string, (message: Message, repeated: boolean) => void> = {
    BYE: (message) => {
      if (this.challengeBye && !message.headers.has("proxy-authorization")) {
        return this.peer.send(respond(message, 407, this.localTag, [this.challengeBye]), this.port);
      }
      this.over = true;
      this.byeReason = message.headers.get("reason")?.[0] ?? "";
      this.peer.send(respond(message, 200, this.localTag), this.port);
    },
    CANCEL: (message) => {
      this.peer.send(respond(message, 200, this.localTag), this.port);
      if (this.incoming && !this.answered) this.peer.send(respond(this.incoming, 487, this.localTag), this.port);
      this.byeReason = message.headers.get("reason")?.[0] ?? "";
      this.over = true;
    },
    REFER: (message, repeated) => {
      this.peer.send(respond(message, this.refer.status, this.localTag), this.port);
      if (repeated || this.refer.status >= 300 || !this.refer.sipfrag) return;
      this.request("NOTIFY", ["Event: refer", "Subscription-State: active;expires=60", "Content-Type: message/sipfrag"], "SIP/2.0 100 Trying");
      this.request("NOTIFY", ["Event: refer", "Subscription-State: terminated;reason=noresource", "Content-Type: message/sipfrag"], this.refer.sipfrag);
    },
    INVITE: (message) => {
      // A challenged caller comes back with the same Call-ID.
      if (this.answered || !this.challenge) return;
      this.incoming = message;
      this.follow(this.challenge);
    },
  };

  private challenge: Extract<PeerProgram, { kind: "challenge" }> | undefined;

  private follow(program: PeerProgram): void {
    const message = this.incoming!;
    if (program.kind === "deaf") return;
    this.peer.send(respond(message, 100, this.localTag), this.port);
    if (program.kind === "refuse") {
      this.over = true;
      return this.peer.send(respond(message, program.status, this.localTag, program.headers), this.port);
    }
    if (program.kind === "challenge") return this.judge(message, program);
    const early = program.kind === "answer" && program.earlyMedia === true;
    const contact = `Contact: <sip:peer@127.0.0.1:${this.peer.port}>`;
    this.peer.send(
      respond(message, early ? 183 : 180, this.localTag, early ? [contact, "Content-Type: application/sdp"] : [contact], early ? this.sdp() : ""),
      this.port,
    );
    if (program.kind === "answer") setTimeout(() => this.accept(), program.afterMs);
  }

  private judge(message: Message, program: Extract<PeerProgram, { kind: "challenge" }>): void {
    this.challenge = program;
    const authorization = message.headers.get("authorization")?.[0] ?? message.headers.get("proxy-authorization")?.[0];
    if (authorization && program.check(authorization, message.line.split(" ")[1]!)) return this.accept();
    const proxy = program.header.startsWith("Proxy");
    this.peer.send(respond(message, proxy ? 407 : 401, this.localTag, [program.header]), this.port);
  }

  private takeResponse(message: Message): void {
    const [, method = ""] = (message.headers.get("cseq")?.[0] ?? "").split(/\s+/);
    if (method !== "INVITE") return void (message.status >= 200 && this.responses.push(message));
    this.statuses.push(message.status);
    if (message.status < 200) return;
    this.responses.push(message);
    if (message.status >= 300) {
      if (!this.answered) this.over = true;
      return this.ack(message, this.inviteVia());
    }
    this.remoteTag = tagOf(message.headers.get("to")?.[0] ?? "");
    this.target = contactOf(message) ?? this.target;
    this.useSdp(message.body);
    if (!this.withholdAck) this.ack(message);
    this.answered = true;
  }

  private inviteVia(): string {
    return this.inviteText.split("\r\n").find((line) => line.startsWith("Via:"))!;
  }

  private ack(message: Message, via = this.peer.via()): void {
    const body = this.lateOffer && message.status < 300 ? this.sdp() : "";
    const number = parseInt(message.headers.get("cseq")?.[0] ?? "1", 10);
    const lines = [
      `ACK ${this.target} SIP/2.0`,
      via,
      "Max-Forwards: 70",
      `From: ${this.localUri};tag=${this.localTag}`,
      `To: ${message.headers.get("to")?.[0]}`,
      `Call-ID: ${this.callId}`,
      `CSeq: ${number} ACK`,
      ...(body ? ["Content-Type: application/sdp"] : []),
      `Content-Length: ${body.length}`,
      "",
      body,
    ];
    this.peer.send(lines.join("\r\n"), this.port);
  }

  private text(method: string, headers: readonly string[], body: string): string {
    const remoteTag = this.remoteTag ? `;tag=${this.remoteTag}` : "";
    const typed = body !== "" && !headers.some((line) => /^Content-Type/i.test(line));
    return [
      `${method} ${this.target} SIP/2.0`,
      this.peer.via(),
      "Max-Forwards: 70",
      `From: ${this.localUri};tag=${this.localTag}`,
      `To: ${this.remoteUri}${remoteTag}`,
      `Call-ID: ${this.callId}`,
      `CSeq: ${++this.sequence} ${method}`,
      `Contact: <sip:peer@127.0.0.1:${this.peer.port}>`,
      ...headers,
      ...(typed ? ["Content-Type: application/sdp"] : []),
      `Content-Length: ${body.length}`,
      "",
      body,
    ].join("\r\n");
  }

  private sdp(direction = "sendrecv"): string {
    const payload = this.rtp.law === "ulaw" ? 0 : 8;
    const name = this.rtp.law === "ulaw" ? "PCMU" : "PCMA";
    const event = this.rtp.eventPayload;
    const [number, lines] = this.rtp.offersEvents ? [` ${event}`, `a=rtpmap:${event} telephone-event/8000\r\na=fmtp:${event} 0-15\r\n`] : ["", ""];
    return `v=0\r\no=peer 1 ${this.sdpVersion} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${this.rtp.port} RTP/AVP ${payload}${number}\r\na=rtpmap:${payload} ${name}/8000\r\n${lines}a=${direction}\r\n`;
  }

  private useSdp(body: string): void {
    const port = /^m=audio (\d+)/m.exec(body)?.[1];
    const address = /^c=IN IP4 (\S+)/m.exec(body)?.[1];
    if (port && address) this.rtp.target = { address, port: Number(port) };
    const event = /^a=rtpmap:(\d+) telephone-event/m.exec(body)?.[1];
    if (event) this.rtp.eventPayload = Number(event);
  }
}

function tagOf(value: string): string {
  return /;tag=([^;>\s]+)/.exec(value)?.[1] ?? "";
}

function contactOf(message: Message): string | undefined {
  return /<([^>]+)>/.exec(message.headers.get("contact")?.[0] ?? "")?.[1];
}

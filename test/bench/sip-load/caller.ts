/** A light SIP caller for load: one socket for SIP, one per call for RTP, nothing clever. */
import { createSocket, type Socket } from "node:dgram";

export type Address = { host: string; port: number };

type Waiting = (text: string) => void;

/** Sends INVITE, ACK and BYE with retransmission, and hands responses to their call. */
export class LoadCaller {
  readonly remote: Address;
  retransmissions = 0;
  private readonly socket: Socket;
  private readonly local: number;
  private readonly address: string;
  private readonly waiting = new Map<string, Waiting>();
  private next = 1;

  private constructor(socket: Socket, remote: Address) {
    this.socket = socket;
    this.local = socket.address().port;
    this.address = socket.address().address;
    this.remote = remote;
    socket.on("message", (bytes) => this.take(bytes.toString("latin1")));
  }

  /** `from`: the address it calls from; Sufler bounds the new requests of each. */
  static open(remote: Address, from = "127.0.0.1"): Promise<LoadCaller> {
    return new Promise((resolve, reject) => {
      const socket = createSocket({ type: "udp4", recvBufferSize: 4 << 20, lookup: (host, _options, done) => done(null, host, 4) });
      socket.once("error", reject);
      socket.bind(0, from, () => resolve(new LoadCaller(socket, remote)));
    });
  }

  /** Sets a call up; undefined when refused or not answered within 10 s. */
  async call(to: string, rtpPort: number): Promise<LoadCall | undefined> {
    const id = `${process.pid}-${this.local}-${this.next++}`;
    const callId = `load-${id}@127.0.0.1`;
    const from = `<sip:load@${this.address}:${this.local}>;tag=l${id}`;
    const uri = `sip:${to}@${this.remote.host}:${this.remote.port}`;
    const body = `v=0\r\no=load 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${rtpPort} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n`;
    const contact = `Contact: <sip:load@${this.address}:${this.local}>\r\n`;
    const answer = await this.request(
      callId,
      this.text("INVITE", uri, id, from, `<${uri}>`, callId, 1, `${contact}Content-Type: application/sdp\r\n`, body),
      10_000,
    );
    if (!answer) return undefined;
    const remoteTo = /^To:\s*(.*)$/im.exec(answer)?.[1] ?? "";
    const target = /^Contact:\s*<([^>]+)>/im.exec(answer)?.[1] ?? uri;
    const accepted = answer.startsWith("SIP/2.0 2");
    const ack = this.text("ACK", accepted ? target : uri, accepted ? `${id}a` : id, from, remoteTo, callId, 1, "", "");
    this.send(ack);
    if (!accepted) return undefined;
    // A repeated 2xx gets the ACK again.
    this.waiting.set(callId, (text) => /^CSeq:\s*\d+ INVITE/im.test(text) && this.send(ack));
    const media = Number(/^m=audio (\d+)/m.exec(answer)?.[1]);
    const hangUp = () =>
      this.request(callId, this.text("BYE", target, `${id}b`, from, remoteTo, callId, 2, "", ""), 10_000).then((final) => final !== undefined);
    return { media: { host: this.remote.host, port: media }, hangUp };
  }

  close(): void {
    this.socket.close();
  }

  private request(callId: string, text: string, limitMs: number): Promise<string | undefined> {
    return new Promise((resolve) => {
      const method = /^CSeq:\s*\d+ (\w+)/im.exec(text)![1]!;
      let interval = 500;
      const repeat = () => {
        this.retransmissions++;
        this.send(text);
        interval *= 2;
        timer = setTimeout(repeat, interval);
      };
      let timer = setTimeout(repeat, interval);
      const finish = (answer: string | undefined) => {
        clearTimeout(timer);
        clearTimeout(limit);
        this.waiting.delete(callId);
        resolve(answer);
      };
      const limit = setTimeout(() => finish(undefined), limitMs);
      this.waiting.set(callId, (answer) => {
        if (!new RegExp(`^CSeq:\\s*\\d+ ${method}`, "im").test(answer)) return;
        clearTimeout(timer);
        if (!answer.startsWith("SIP/2.0 1")) finish(answer);
      });
      this.send(text);
    });
  }

  private text(method: string, uri: string, branch: string, from: string, to: string, callId: string, sequence: number, extra: string, body: string): string {
    return `${method} ${uri} SIP/2.0\r\nVia: SIP/2.0/UDP ${this.address}:${this.local};branch=z9hG4bK${branch}\r\nMax-Forwards: 70\r\nFrom: ${from}\r\nTo: ${to}\r\nCall-ID: ${callId}\r\nCSeq: ${sequence} ${method}\r\n${extra}Content-Length: ${body.length}\r\n\r\n${body}`;
  }

  private send(text: string): void {
    this.socket.send(Buffer.from(text, "latin1"), this.remote.port, this.remote.host);
  }

  private take(text: string): void {
    const callId = /^Call-ID:\s*(\S+)/im.exec(text)?.[1] ?? "";
    if (text.startsWith("SIP/2.0 ")) return this.waiting.get(callId)?.(text);
    // A request of the server (BYE): answered, so that it does not repeat itself.
    if (text.startsWith("ACK ")) return;
    const copied = text.split("\r\n").filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
    this.send(["SIP/2.0 200 OK", ...copied, "Content-Length: 0", "", ""].join("\r\n"));
  }
}

export type LoadCall = { media: Address; hangUp: () => Promise<boolean> };

import { limits } from "../message/limits.ts";

export type Framed = { messages: Buffer[]; pings: number; error?: string };

const LENGTH = /^(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*\r?$/im;

/** Cuts a TCP stream into messages by Content-Length (RFC 3261 §18.3); CRLF CRLF is a keep-alive (RFC 5626 §3.5.1). */
export class StreamFramer {
  private buffer = Buffer.allocUnsafe(4096);
  private filled = 0;
  private searched = 0;

  /** Feeds a chunk. After an `error` the connection must be closed. */
  push(chunk: Buffer): Framed {
    const result: Framed = { messages: [], pings: 0 };
    let offset = 0;
    while (offset < chunk.length && !result.error) {
      const room = limits.messageBytes + 4 - this.filled;
      const part = chunk.subarray(offset, offset + room);
      this.append(part);
      offset += part.length;
      this.cut(result);
      if (this.filled >= limits.messageBytes) result.error = "message too large";
    }
    return result;
  }

  /** True while a message has begun but not ended. */
  get partial(): boolean {
    return this.filled > 0;
  }

  private append(part: Buffer): void {
    if (this.filled + part.length > this.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.filled + part.length));
      this.buffer.copy(grown, 0, 0, this.filled);
      this.buffer = grown;
    }
    part.copy(this.buffer, this.filled);
    this.filled += part.length;
  }

  private cut(result: Framed): void {
    for (;;) {
      this.skipKeepAlive(result);
      const data = this.buffer.subarray(0, this.filled);
      const head = data.indexOf("\r\n\r\n", Math.max(0, this.searched - 3), "latin1");
      if (head < 0) {
        this.searched = this.filled;
        return;
      }
      const length = LENGTH.exec(data.toString("latin1", 0, head + 2));
      const total = head + 4 + (length ? Number(length[1]) : 0);
      if (total > limits.messageBytes) {
        result.error = "message too large";
        return;
      }
      if (total > this.filled) return;
      result.messages.push(Buffer.from(data.subarray(0, total)));
      this.drop(total);
    }
  }

  private skipKeepAlive(result: Framed): void {
    let at = 0;
    while (at < this.filled && (this.buffer[at] === 13 || this.buffer[at] === 10)) at++;
    if (at >= 4) result.pings++;
    if (at > 0) this.drop(at);
  }

  private drop(bytes: number): void {
    this.buffer.copyWithin(0, bytes, this.filled);
    this.filled -= bytes;
    this.searched = 0;
  }
}

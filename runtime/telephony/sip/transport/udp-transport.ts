import { createSocket, type Socket } from "node:dgram";
import type { Flow, Receive } from "./flow.ts";

/** SIP over UDP on one socket. A datagram handler that throws is contained here. */
export class UdpTransport {
  private readonly socket: Socket;
  private readonly onProblem: (error: unknown) => void;

  constructor(receive: Receive, onProblem: (error: unknown) => void) {
    this.onProblem = onProblem;
    // Without `lookup` every send of a dotted address goes through a resolver-like path.
    this.socket = createSocket({ type: "udp4", recvBufferSize: 4 << 20, lookup: (host, _options, done) => done(null, host, 4) });
    this.socket.on("message", (bytes, from) => {
      if (bytes.length < 16) return;
      try {
        receive(bytes, { transport: "udp", address: from.address, port: from.port });
      } catch (error) {
        onProblem(error);
      }
    });
  }

  /** Binds; rejects with the system's error. */
  bind(address: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.socket.once("error", reject);
      this.socket.bind({ address, port, exclusive: true }, () => {
        this.socket.off("error", reject);
        this.socket.on("error", this.onProblem);
        resolve(this.socket.address().port);
      });
    });
  }

  send(text: string, flow: Flow, onError?: (reason: string) => void): void {
    try {
      this.socket.send(Buffer.from(text, "latin1"), flow.port, flow.address, (error) => {
        if (error) onError?.(error.message);
      });
    } catch (error) {
      queueMicrotask(() => onError?.(String(error)));
    }
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      try {
        this.socket.close(() => resolve());
      } catch {
        resolve();
      }
    });
  }
}

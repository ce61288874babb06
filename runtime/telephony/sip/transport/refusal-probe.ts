import { createSocket } from "node:dgram";
import type { Flow } from "./flow.ts";

const WAIT_MS = 3_000;
const AT_ONCE = 64;
/** A keep-alive (RFC 5626 §3.5.1): every SIP element ignores it. */
const KEEP_ALIVE = Buffer.from("\r\n\r\n");

/**
 * Hears "port unreachable" (ICMP) of a UDP peer. The system reports it to connected sockets only, so a short-lived one of its own
 * sends a keep-alive there; our listening socket stays unconnected.
 */
export class RefusalProbe {
  private readonly bind: string;
  private open = 0;

  constructor(bind: string) {
    this.bind = bind;
  }

  listen(flow: Flow, refused: (reason: string) => void): void {
    if (flow.transport !== "udp" || this.open >= AT_ONCE) return;
    this.open++;
    const socket = createSocket({ type: "udp4", lookup: (host, _options, done) => done(null, host, 4) });
    let over = false;
    const end = (reason?: string) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      this.open--;
      socket.close();
      if (reason !== undefined) refused(reason);
    };
    const timer = setTimeout(end, WAIT_MS);
    const take = (error: NodeJS.ErrnoException | null) => {
      if (error) end(error.code === "ECONNREFUSED" || error.code === "EHOSTUNREACH" || error.code === "ENETUNREACH" ? (error.code ?? "") : undefined);
    };
    socket.on("error", take);
    socket.bind({ address: this.bind, port: 0 }, () => {
      if (over) return;
      socket.connect(flow.port, flow.address, (error?: Error) => {
        if (over) return;
        if (error) return take(error);
        socket.send(KEEP_ALIVE, take);
        // The refusal of the first datagram is reported with the next call on the socket.
        setTimeout(() => !over && socket.send(KEEP_ALIVE, take), 200);
      });
    });
  }
}

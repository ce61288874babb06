import { createSocket, type Socket } from "node:dgram";

export type BoundSocket = { socket: Socket; port: number };

/** Hands out RTP sockets on even ports of a range, in turn; a port in use is passed over. [0, 0] takes any port. */
export class RtpPorts {
  private readonly address: string;
  private readonly low: number;
  private readonly count: number;
  private next = 0;

  constructor(address: string, [low, high]: readonly [number, number]) {
    this.address = address;
    this.low = low + (low % 2);
    this.count = low === 0 ? 0 : Math.max(0, Math.floor((high - this.low) / 2) + 1);
  }

  /** Opens a socket; rejects when every port of the range is taken. */
  async open(): Promise<BoundSocket> {
    const tries = this.count === 0 ? 50 : this.count;
    for (let i = 0; i < tries; i++) {
      const wanted = this.count === 0 ? 0 : this.low + 2 * (this.next++ % this.count);
      const bound = await this.bind(wanted);
      if (bound && bound.port % 2 === 0) return bound;
      bound?.socket.close();
    }
    throw new Error("no free RTP port");
  }

  private bind(port: number): Promise<BoundSocket | undefined> {
    return new Promise((resolve, reject) => {
      const socket = createSocket({ type: "udp4", lookup: (host, _options, done) => done(null, host, 4) });
      socket.once("error", (error: NodeJS.ErrnoException) => {
        socket.close();
        if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
        else reject(error);
      });
      socket.bind({ address: this.address, port, exclusive: true }, () => {
        socket.removeAllListeners("error");
        resolve({ socket, port: socket.address().port });
      });
    });
  }
}

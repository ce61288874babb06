import { randomInt } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";

const ANY = [10_000, 65_534] as const;

export type BoundSocket = { socket: Socket; port: number };

/** Hands out RTP sockets on even ports of a range, in random order so that nobody guesses the next one; a port in use is passed over. [0, 0] takes any port. */
export class RtpPorts {
  private readonly address: string;
  private readonly low: number;
  private readonly count: number;
  /** The ports of this round that are still to be handed out: none comes again before all have. */
  private round: number[] = [];

  constructor(address: string, range: readonly [number, number]) {
    this.address = address;
    // A port is always asked for by number: one that the system chose is lost when a socket that was connected hears everybody again.
    const [low, high] = range[0] === 0 ? ANY : range;
    this.low = low + (low % 2);
    this.count = Math.max(0, Math.floor((high - this.low) / 2) + 1);
  }

  /** Opens a socket; rejects when every port of the range is taken. */
  async open(): Promise<BoundSocket> {
    // What is left of this round, and a whole one: others may hold ports of the range, too.
    for (let left = this.round.length + this.count; left > 0; left--) {
      const bound = await this.bind(this.draw());
      if (bound) return bound;
    }
    throw new Error("no free RTP port");
  }

  private draw(): number {
    if (this.round.length === 0) this.round = Array.from({ length: this.count }, (_, i) => this.low + 2 * i);
    const at = randomInt(this.round.length);
    const port = this.round[at]!;
    this.round[at] = this.round.at(-1)!;
    this.round.pop();
    return port;
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

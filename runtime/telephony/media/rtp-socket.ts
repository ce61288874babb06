import type { Socket } from "node:dgram";

export type RtpAddress = { address: string; port: number };

/**
 * The socket of a leg. While the far end is heard where the SDP says it is, the socket is connected to that address: the system itself
 * refuses strangers then, and a packet out costs a quarter less. Loose again, it hears everybody, and the latch chooses.
 */
export class RtpSocket {
  private readonly socket: Socket;
  private held: RtpAddress | undefined;
  /** Could not be connected to. */
  private refused: RtpAddress | undefined;
  private closed = false;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  /** Connects. What cannot be connected to stays loose. */
  hold(address: RtpAddress): void {
    if (this.closed || isSame(this.held, address) || isSame(this.refused, address)) return;
    this.loosen();
    try {
      // An address is not looked up: the socket is connected when this returns.
      this.socket.connect(address.port, address.address);
      this.socket.remoteAddress();
      this.held = address;
    } catch {
      this.refused = address;
    }
  }

  /** Hears everybody. */
  loosen(): void {
    if (!this.held || this.closed) return;
    this.held = undefined;
    this.socket.disconnect();
  }

  send(bytes: Buffer, target: RtpAddress): void {
    if (isSame(this.held, target)) return this.socket.send(bytes);
    this.loosen();
    this.socket.send(bytes, target.port, target.address);
  }

  close(): void {
    this.closed = true;
    this.socket.close();
  }
}

function isSame(known: RtpAddress | undefined, address: RtpAddress): boolean {
  return known === address || (known?.port === address.port && known.address === address.address);
}

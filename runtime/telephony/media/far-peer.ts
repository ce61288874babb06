import type { Law } from "../../audio/g711.ts";
import type { RtpPacket } from "./rtp-packet.ts";

/** What a bridged leg is given of a packet. */
export type Forwarded = Pick<RtpPacket, "timestamp" | "marker" | "payload">;
/** The other end of a bridge. */
export type Peer = { forward(packet: Forwarded, law: Law | "event"): void; left(): void };

/** From a leg of one media thread to the leg of another that it is bridged with. */
export type LinkMessage = { leg: string; from: string } & (
  | { do: "forward"; law: Law | "event"; timestamp: number; marker: boolean; payload: Uint8Array }
  | { do: "left" }
);

/** A peer on another media thread. */
export class FarPeer implements Peer {
  readonly id: string;
  private readonly own: string;
  private readonly post: (message: LinkMessage) => void;

  constructor(own: string, id: string, post: (message: LinkMessage) => void) {
    this.own = own;
    this.id = id;
    this.post = post;
  }

  forward({ timestamp, marker, payload }: Forwarded, law: Law | "event"): void {
    // A copy: a message carries the whole memory that a view lies in.
    this.post({ do: "forward", leg: this.id, from: this.own, law, timestamp, marker, payload: new Uint8Array(payload) });
  }

  left(): void {
    this.post({ do: "left", leg: this.id, from: this.own });
  }
}

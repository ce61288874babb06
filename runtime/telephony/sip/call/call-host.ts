/** What a call needs from the user agent around it. */
import type { Clock } from "../../../ports/clock.ts";
import type { HangupCause, LegEvent } from "../../../ports/telephony.ts";
import type { Dialog } from "../dialog/dialog.ts";
import type { OutgoingRequest } from "../transaction/client-transaction.ts";
import type { TransactionLayer } from "../transaction/transaction-layer.ts";
import type { StreamConfig } from "../threads/protocol.ts";
import type { Flow } from "../transport/flow.ts";
import type { Call } from "./call.ts";
import type { HalfOpen } from "./half-open.ts";

export type MediaGate = {
  /** Opens an RTP socket; calls back with its port, or with undefined when there is none. */
  open(leg: string, opened: (port: number | undefined) => void): void;
  configure(leg: string, stream: StreamConfig): void;
  digit(leg: string, digit: string): void;
  close(leg: string): void;
};

export type CallHost = {
  clock: Clock;
  transactions: TransactionLayer;
  media: MediaGate;
  T1: number;
  /** Answered calls that wait for their ACK. */
  halfOpen: HalfOpen;
  /** Random token for tags and the like. */
  token(): string;
  /** Our address as this flow's peer should see it. */
  localAddress(flow: Flow): string;
  contact(flow: Flow, user?: string): string;
  /** Works out where a URI is; calls back at once for addresses, later for names. */
  route(uri: string, near: Flow, routed: (flow: Flow | undefined) => void): void;
  /** Sends a request outside transactions: the ACK of a 2xx. */
  sendAck(ack: OutgoingRequest, flow: Flow): void;
  addDialog(dialog: Dialog, call: Call): void;
  removeDialog(dialog: Dialog): void;
  /** A trunk answered a call: 18x or a final status; `rang` when 18x came before. */
  trunkAnswered(trunk: string, status: number, rang: boolean): void;
  /** A trunk did not answer a call. */
  trunkSilent(trunk: string, reason: string): void;
  report(leg: string, event: LegEvent): void;
  ended(leg: string, cause: HangupCause): void;
};

/** Commands of the engine to one leg. */
export type CallParty = {
  readonly id: string;
  ring(): void;
  answer(): void;
  reject(sipStatus: number, options: { retryAfterS?: number; reason?: string }): void;
  hangup(options: { sipStatus?: number; q850?: number }): void;
  refer(id: string, target: string): void;
  /** The far end fell silent (RTP watchdog). */
  lost(reason: string): void;
};

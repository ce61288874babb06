/** One leg's stream: its socket, what it sends each 20 ms and what it does with what it receives. */
import { randomBytes } from "node:crypto";
import type { RemoteInfo, Socket } from "node:dgram";
import { decode, encode, silenceCode, type Law } from "../../audio/g711.ts";
import type { DigitSource, LegEvent } from "../../ports/telephony.ts";
import type { StreamConfig } from "../sip/threads/protocol.ts";
import type { CallRecorder } from "./call-recorder.ts";
import type { ClipPlayer } from "./clip-player.ts";
import { DigitGate } from "./digit-gate.ts";
import type { DigitSender } from "./digit-sender.ts";
import { EventReceiver } from "./event-receiver.ts";
import type { Forwarded, Peer } from "./far-peer.ts";
import { InbandDigits, mayBeginKey, mayHoldTone } from "./inband-digits.ts";
import { readRtp, RTP_HEADER, timestampDistance, writeHeader, type RtpPacket } from "./rtp-packet.ts";
import { RtpSocket } from "./rtp-socket.ts";
import { SourceLatch } from "./source-latch.ts";
import { transcode, transcodeInPlace } from "./transcode.ts";
import type { VoiceRecorder } from "./voice-recorder.ts";

const FRAME = 160;
/** Ticks without a packet after which other sources are heard: well before the latch may believe one. */
const LOOSE_TICKS = 50;
/** Frames of silence that recordings get for one stall: ten seconds. */
const LONGEST_SKIP = 500;
const silence: Record<Law, Buffer> = { ulaw: Buffer.alloc(FRAME, silenceCode.ulaw), alaw: Buffer.alloc(FRAME, silenceCode.alaw) };
const payloadOf: Record<Law, number> = { ulaw: 0, alaw: 8 };

export class RtpLeg implements Peer {
  readonly id: string;
  readonly phase: number;
  player: ClipPlayer | undefined;
  /** Heard while there is nothing else to send. */
  background: ClipPlayer | undefined;
  sender: DigitSender | undefined;
  recorder: VoiceRecorder | undefined;
  callRecorder: CallRecorder | undefined;
  peer: Peer | undefined;
  stream: StreamConfig | undefined;
  /** Ticks without a received packet. */
  silentTicks = 0;
  private readonly socket: RtpSocket;
  private readonly report: (event: LegEvent) => void;
  private readonly latch = new SourceLatch();
  private readonly gate = new DigitGate();
  private readonly events = new EventReceiver();
  private readonly tones = new InbandDigits();
  private readonly ssrc = randomBytes(4).readUInt32BE();
  private sequence = randomBytes(2).readUInt16BE();
  /** Timestamp of the current slot. */
  private timestamp = randomBytes(4).readUInt32BE();
  private marker = true;
  private bridged = { offset: 0, fresh: true, quietTicks: 0 };

  constructor(id: string, socket: Socket, phase: number, report: (event: LegEvent) => void) {
    this.id = id;
    this.socket = new RtpSocket(socket);
    this.phase = phase;
    this.report = report;
  }

  configure(stream: StreamConfig): void {
    this.stream = stream;
    this.socket.loosen();
    this.latch.expect(stream.address, stream.port, stream.near);
  }

  /** One 20 ms slot. */
  tick(): void {
    if (++this.silentTicks === LOOSE_TICKS) this.socket.loosen();
    if (this.stream) this.sendSlot(this.stream);
    this.timestamp = (this.timestamp + FRAME) >>> 0;
    this.recorder?.tick();
    if (this.callRecorder && !this.callRecorder.tick()) this.callRecorder = undefined;
  }

  /** The loop fell behind: these frames are never sent, but time went on. What was to be heard in them is lost, not put off. */
  skip(frames: number): void {
    this.timestamp = (this.timestamp + frames * FRAME) >>> 0;
    this.marker = true;
    this.silentTicks += frames;
    if (this.silentTicks >= LOOSE_TICKS) this.socket.loosen();
    const { player } = this;
    if (player) {
      player.skip(frames * FRAME);
      this.endPlay(player);
    }
    for (let i = 0; i < Math.min(frames, LONGEST_SKIP); i++) {
      this.recorder?.tick();
      if (this.callRecorder && !this.callRecorder.tick()) this.callRecorder = undefined;
    }
  }

  /** A packet from the network. */
  receive(bytes: Buffer, from: RemoteInfo): void {
    const packet = readRtp(bytes);
    if (!packet || !this.stream) return;
    const isEvent = packet.payloadType === this.stream.eventPayload;
    const law = lawIn(this.stream, packet.payloadType);
    // Only what belongs to the stream may count for its source.
    if ((!isEvent && law === undefined) || !this.latch.accepts(packet, from.address, from.port)) return;
    this.silentTicks = 0;
    const { announced } = this.latch;
    if (announced) this.socket.hold(announced);
    if (isEvent) this.receiveEvent(packet);
    else if (law !== undefined) this.receiveAudio(packet, law);
  }

  private receiveAudio(packet: RtpPacket, law: Law): void {
    const { payload } = packet;
    if (payload.length === 0 || payload.length > 1600) return;
    const hearsTones = this.hearsTones(law, payload);
    if (hearsTones || this.recorder || this.callRecorder) this.hear(packet.timestamp, decode(law, payload), hearsTones);
    this.peer?.forward(packet, law);
  }

  /** Tones are keys until the far end sends an event: some gateways agree to telephone-event and send tones all the same. Where events were agreed, a packet too quiet to hold a tone is not even decoded. */
  private hearsTones(law: Law, payload: Uint8Array): boolean {
    if (this.gate.eventsSeen) return false;
    if (this.stream?.eventPayload === undefined) return true;
    if (mayHoldTone(law, payload) && !(this.tones.idle && !mayBeginKey(law, payload))) return true;
    this.tones.quiet(payload.length);
    return false;
  }

  private hear(timestamp: number, samples: Int16Array, hearsTones: boolean): void {
    if (hearsTones) for (const digit of this.tones.push(samples)) this.digit(digit, "inband");
    this.recorder?.push(timestamp, samples);
    this.callRecorder?.pushReceived(timestamp, samples);
  }

  /** A key by any way; told once. */
  digit(digit: string, source: DigitSource): void {
    if (!this.gate.accepts(digit, source, performance.now())) return;
    this.report({ type: "digit", at: Date.now(), digit, source });
    if (this.recorder?.digit(digit)) this.recorder = undefined;
  }

  /** Joins with another leg, or leaves it. */
  join(peer: Peer | undefined): void {
    this.peer = peer;
    this.bridged = { offset: 0, fresh: true, quietTicks: 0 };
    this.marker = true;
  }

  /** The other leg of the bridge is gone. */
  left(): void {
    this.join(undefined);
  }

  /** Audio or events of the bridged leg, at once, on our own time line. */
  forward(packet: Forwarded, law: Law | "event"): void {
    const { stream } = this;
    if (!stream || this.player || this.sender) return;
    let timestamp = (packet.timestamp + this.bridged.offset) >>> 0;
    if (this.bridged.fresh || Math.abs(timestampDistance(timestamp, this.timestamp)) > 10 * FRAME) {
      this.bridged.offset = timestampDistance(this.timestamp, packet.timestamp);
      this.bridged.fresh = false;
      timestamp = this.timestamp;
      this.marker = true;
    }
    this.bridged.quietTicks = 0;
    if (law === "event") {
      if (stream.eventPayload !== undefined) this.sendEvent(stream.eventPayload, packet.payload, timestamp, packet.marker);
    } else this.sendAudio(transcode(packet.payload, law, stream.law), stream.law, timestamp);
  }

  close(): void {
    this.stream = undefined;
    this.socket.close();
  }

  private receiveEvent(packet: RtpPacket): void {
    const digit = this.events.push(packet);
    if (digit !== undefined) this.digit(digit, "rfc4733");
    this.peer?.forward(packet, "event");
  }

  private sendSlot(stream: StreamConfig): void {
    if (this.sender) return this.sendDigitSlot(this.sender, stream);
    const beep = this.recorder?.takeBeep();
    if (beep) return this.sendAudio(padded(encode(stream.law, beep), stream.law), stream.law, this.timestamp);
    if (this.player) return this.sendClip(this.player, stream);
    // A bridged leg is fed by its peer; silence only when the peer is quiet.
    if (this.peer && !this.bridged.fresh && ++this.bridged.quietTicks <= 5) return;
    this.bridged.fresh = true;
    if (this.background && !this.peer && !this.recorder) return this.sendFrame(this.background, stream);
    this.sendAudio(silence[stream.law], stream.law, this.timestamp);
  }

  private sendFrame(player: ClipPlayer, stream: StreamConfig): void {
    const packet = Buffer.allocUnsafe(RTP_HEADER + FRAME);
    const filled = player.fill(packet, RTP_HEADER);
    if (player.law !== stream.law) transcodeInPlace(packet, RTP_HEADER, filled, player.law);
    if (filled < packet.length) packet.fill(silenceCode[stream.law], filled);
    this.sendFilled(packet, stream, this.timestamp);
  }

  private sendClip(player: ClipPlayer, stream: StreamConfig): void {
    this.sendFrame(player, stream);
    this.endPlay(player);
  }

  private endPlay(player: ClipPlayer): void {
    if (!player.done) return;
    this.player = undefined;
    this.report({ type: "played", at: Date.now(), id: player.id, ms: player.ms, reason: "end" });
  }

  private sendDigitSlot(sender: DigitSender, stream: StreamConfig): void {
    const slot = sender.take();
    if (slot?.kind === "event" && stream.eventPayload !== undefined) {
      const start = (this.timestamp - slot.offset) >>> 0;
      for (let i = 0; i < slot.copies; i++) this.sendEvent(stream.eventPayload, slot.payload, start, slot.marker);
    } else if (slot?.kind === "audio") this.sendAudio(slot.payload, stream.law, this.timestamp);
    else this.sendAudio(silence[stream.law], stream.law, this.timestamp);
    if (!sender.done) return;
    this.sender = undefined;
    this.report({ type: "sent-digits", at: Date.now(), id: sender.id });
  }

  private sendAudio(payload: Uint8Array, law: Law, timestamp: number): void {
    if (!this.stream) return;
    const packet = Buffer.allocUnsafe(RTP_HEADER + payload.length);
    packet.set(payload, RTP_HEADER);
    this.sendFilled(packet, this.stream, timestamp);
  }

  /** A packet of audio whose header is still to be written. */
  private sendFilled(packet: Buffer, stream: StreamConfig, timestamp: number): void {
    this.transmit(stream.payload ?? payloadOf[stream.law], packet, timestamp, this.marker);
    this.marker = false;
    this.callRecorder?.pushSent(timestamp, decode(stream.law, packet.subarray(RTP_HEADER)));
  }

  private sendEvent(payloadType: number, payload: Uint8Array, timestamp: number, marker: boolean): void {
    const packet = Buffer.allocUnsafe(RTP_HEADER + payload.length);
    packet.set(payload, RTP_HEADER);
    this.transmit(payloadType, packet, timestamp, marker);
  }

  /** The packet is this call's alone: its bytes may still be in the socket's queue when the next one is made. */
  private transmit(payloadType: number, packet: Buffer, timestamp: number, marker: boolean): void {
    const { target } = this.latch;
    if (!target || !this.stream?.sending) return;
    this.sequence = (this.sequence + 1) & 0xffff;
    writeHeader(packet, { payloadType, marker, sequence: this.sequence, timestamp, ssrc: this.ssrc });
    this.socket.send(packet, target);
  }
}

/** The law that a payload number means in a stream. */
function lawIn({ law, payload }: StreamConfig, number: number): Law | undefined {
  if (number === payload) return law;
  return number === 0 ? "ulaw" : number === 8 ? "alaw" : undefined;
}

function padded(codes: Uint8Array, law: Law): Uint8Array {
  if (codes.length === FRAME) return codes;
  const frame = new Uint8Array(FRAME).fill(silenceCode[law]);
  frame.set(codes);
  return frame;
}

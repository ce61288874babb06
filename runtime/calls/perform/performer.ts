import type { Command } from "../../../flows/commands.ts";
import type { CallEvent, FaultCode } from "../../../flows/events.ts";
import type { Value } from "../../../flows/schema/values.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import type { Clip, Leg, Telephony } from "../../ports/telephony.ts";
import type { Prompts } from "../prompts.ts";
import type { DataDeps } from "./data-answer.ts";

/** The call as performers see it. */
export type CallHost = {
  readonly callId: string;
  /** The network-asserted number of a caller who withholds it: visible to lists, not to the flow. */
  readonly withheld: string;
  readonly leg: Leg;
  readonly clock: Clock;
  readonly store: Store;
  /** What the commands of data stand on. */
  readonly data: DataDeps;
  readonly telephony: Telephony;
  readonly prompts: Prompts;
  readonly defaultTrunk: string;
  /** The leg is answered: the person on it hears silence. */
  readonly talking: boolean;
  /** Resolves when media may flow; false when the leg ended first. Answers an incoming leg. */
  answered(): Promise<boolean>;
  send(event: CallEvent): void;
  reply(id: string, exit: string, value?: Value): void;
  fault(id: string, code: FaultCode, message: string): void;
  /** Absolute path of a recording of this call; its folder exists. */
  recordingFile(id: string): Promise<string>;
  /** What was recorded in this call, as a clip; null when there is nothing to hear. */
  recordedClip(id: string): Promise<Clip | null>;
  /** A recording is open until its report comes. */
  recordingOpened(id: string): void;
  /** Listens to reports of the leg until the returned function is called. */
  watch(listener: (event: import("../../ports/telephony.ts").LegEvent) => void): () => void;
  /** Records the whole call; what is recorded already goes on. A start after a stop begins another file. */
  startCallRecording(): Promise<void>;
  stopCallRecording(): void;
};

export type Ask<C> = { id: string; node: string; command: C };

/** Performs one command. Returns a cancel function; its reports are events. Must not throw. */
export type Performer<C extends Command> = (ask: Ask<C>, call: CallHost) => (() => void) | void;
export type Performers = { [D in Command["do"]]: Performer<Extract<Command, { do: D }>> };

import type { Value } from "./schema/values.ts";
import type { CallResult } from "./result.ts";

/** Fault codes of commands. Closed list: code never matches on message text. */
export const faultCodes = [
  "expression",
  "leg-gone",
  "no-voice",
  "media",
  "network",
  "timeout",
  "not-found",
  "not-allowed",
  "not-available",
  "unexpected-exit",
  "node-limit",
  "dangling-exit",
  "bad-value",
  "engine-fault",
  "unknown-trunk",
] as const;
export type FaultCode = (typeof faultCodes)[number];
export type Fault = { code: FaultCode; message: string };

/** Events of a call. Every event carries `at`, milliseconds since the epoch. */
export type CallEvent =
  | { type: "digit"; at: number; digit: string; leg: "A" | "B" }
  | { type: "played"; at: number; id: string; ms: number }
  | { type: "recorded"; at: number; id: string; ms: number; speechMs: number; reason: string; recording: string }
  /** What a `listen` understood, whole; confidence from 0 to 1. */
  | { type: "speech"; at: number; id: string; text: string; confidence: number }
  /** A waiting caller and an operator have been connected; the command continues until they disconnect. */
  | { type: "connected"; at: number; id: string }
  /** The answer to any other command: the exit it chose, or a fault. */
  | { type: "reply"; at: number; id: string; exit: string; value?: Value; fault?: Fault; result?: CallResult }
  /** A deadline of this machine has come. */
  | { type: "tick"; at: number }
  | { type: "hangup"; at: number; by: "caller" | "operator" | "network"; sipStatus?: number; q850?: number }
  /** Script: the card is left without a disposition, by the operator or because nobody touched it for long. */
  | { type: "unfinished"; at: number; why: "left" | "untouched" }
  /** Script: text typed into fields, kept though no answer is chosen yet. */
  | { type: "fill"; at: number; id: string; fields: Record<string, Value> }
  /** Script: the operator chose an answer (or Enter on a step without answers). */
  | { type: "choose"; at: number; id: string; answer: string; fields: Record<string, Value> };

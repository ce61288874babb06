import type { Value } from "./schema/values.ts";

/** One thing to play: rendered text (spoken by the bound voice) or a recording by hash. */
export type PlayItem = { prompt: string; language: string; text: string; audio?: string };

/**
 * What a machine may ask the world to do. Closed union: a performer exists for every member
 * (`satisfies Record<Command["do"], Performer>`). Replies come back as events carrying the command's id.
 */
export type Command =
  | { do: "answer"; record: boolean }
  | { do: "play"; items: PlayItem[] }
  | { do: "record"; maxMs: number; silenceMs: number; terminator: string; beep: boolean }
  | { do: "http"; service: string; method: string; url: string; headers: Record<string, string>; body: string; timeoutMs: number; retries: number }
  | { do: "list"; list: string; action: "check" | "add" | "remove"; number: string; reason: string; days: number }
  | { do: "refer"; target: string }
  | { do: "bridge"; target: string; trunk: string; callerId: string; ringMs: number; maxMs: number }
  | { do: "hangup"; sipStatus: number; q850: number }
  | { do: "show"; step: ShownStep }
  | { do: "dial"; number: string; trunk: string; ringMs: number; callerId: string; flow: string; inputs: Record<string, Value> }
  | { do: "schedule"; mode: "delay" | "time" | "retry"; minutes: number; at: string; rules: RetryRule[]; maxAttempts: number };

export type CommandName = Command["do"];

/** What the operator sees: everything rendered, nothing left to compute. */
export type ShownStep = {
  kind: "step" | "disposition";
  say: string;
  instruction: string;
  know: string;
  fields: ShownField[];
  answers: { value: string; label: string }[];
  /** Values typed earlier (kept drafts). */
  values: Record<string, Value>;
};
export type ShownField = { name: string; type: string; label: string; required: boolean; options: { value: string; label: string }[] };

/** One line of a retry plan: after `outcome`, wait `minutes` (+ `increment` each further time), at most `max` times. */
export type RetryRule = { outcome: string; minutes: number; increment: number; max: number };

/** Commands that need a living leg: after a hang-up they fault `leg-gone` at once. */
export const mediaCommands: ReadonlySet<string> = new Set(["answer", "play", "record", "refer", "bridge"]);

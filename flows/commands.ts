import type { Value } from "./schema/values.ts";

/**
 * One thing to play: rendered text (spoken by the bound voice) or a recording by hash. `pieces` are the sentences and
 * long phrases of a long text with variables: joined by a space they are the text. `recording` is what was recorded in this very call, by
 * the id of its command: only a whisper plays it.
 */
export type PlayItem = { prompt: string; language: string; text: string; audio?: string; pieces?: string[]; recording?: string };

/**
 * The commands of a machine to the host. Closed union: a performer exists for every member
 * (`satisfies Record<Command["do"], Performer>`). Replies come back as events carrying the command's id.
 */
export type Command =
  // Voice
  | { do: "answer"; record: boolean; early: boolean }
  | { do: "play"; items: PlayItem[]; loop?: boolean }
  /** Looped background audio, heard when nothing else is; no items: stop. */
  | { do: "background"; items: PlayItem[] }
  | { do: "listen"; language: string; hints: string[]; maxMs: number; silenceMs: number; noInputMs: number }
  | { do: "record"; maxMs: number; silenceMs: number; terminator: string; beep: boolean }
  | { do: "recordControl"; action: "start" | "stop" | "pause" | "resume" }
  | { do: "dtmf"; digits: string; onMs: number; gapMs: number }
  | { do: "hangup"; sipStatus: number; q850: number }
  // Data
  | {
      do: "http";
      service: string;
      method: string;
      url: string;
      headers: Record<string, string>;
      body: string;
      timeoutMs: number;
      retries: number;
      cacheSeconds: number;
    }
  | { do: "list"; list: string; action: "check" | "add" | "remove"; number: string; reason: string; days: number; match?: "exact" | "prefix" | "mask" }
  | { do: "table"; table: string; action: "lookup" | "upsert" | "remove"; key: string; values: Record<string, Value> }
  | { do: "contact"; action: "get" | "update"; phone: string; fields: Record<string, Value>; groups?: { add: string[]; remove: string[] } }
  | { do: "crm"; connector: string; method: CrmMethod; params: Record<string, Value>; key: string; timeoutMs: number }
  | { do: "notify"; channel: "sms" | "email" | "messenger" | "webhook"; to: string; subject: string; text: string; data: Record<string, Value>; key: string }
  | { do: "count"; counter: string; key: string; windowMs: number; limit: number; add: boolean }
  | { do: "toggle"; name: string; action: "read" | "on" | "off" | "flip" }
  | { do: "callerInfo"; number: string; days: number }
  // People
  | { do: "refer"; target: string }
  | {
      do: "bridge";
      targets: string[];
      order: "sequence" | "simultaneous";
      trunk: string;
      callerId: string;
      ringMs: number;
      maxMs: number;
      whisper: PlayItem[];
      confirmKey: string;
    }
  | {
      do: "queue";
      queue: string;
      priority: number;
      skills: string[];
      relaxMs: number;
      maxWaitMs: number;
      music: PlayItem[];
      comfort: PlayItem[];
      comfortMs: number;
      announce: boolean;
      whisper: PlayItem[];
    }
  | { do: "queueStatus"; queue: string }
  | { do: "callback"; number: string; at: string; queue: string; flow: string; attempts: number; first: "operator" | "customer"; note: string }
  | { do: "hold"; on: boolean; items: PlayItem[] }
  | { do: "whisper"; items: PlayItem[] }
  // Operator's desk
  | { do: "show"; step: ShownStep }
  | {
      do: "screenPop";
      url: string;
      title: string;
      data: Record<string, Value>;
      digest: { label: string; text: string }[];
      /** `row` names fields of an item in braces; `newest` is the field to sort by, the newest first. */
      blocks: { title: string; list: Value; row: string; newest: string; most: number }[];
      language: string;
      /** IANA zone of the call, by whose clock instants are shown; commands of earlier versions have none. */
      zone?: string;
    }
  // Strategy
  | { do: "dial"; number: string; trunk: string; ringMs: number; callerId: string; flow: string; inputs: Record<string, Value>; amd: boolean }
  | { do: "amd"; maxMs: number; waitBeep: boolean }
  | { do: "schedule"; mode: "delay" | "time" | "retry"; minutes: number; at: string; rules: RetryRule[]; maxAttempts: number }
  | { do: "connect"; queue: string; script: string; maxWaitMs: number; data: Record<string, Value> };

/** The connector contract of a CRM: the same for every adapter. */
export const crmMethods = ["findByPhone", "digest", "openOrders", "slots", "createRecord", "logCall", "attachRecording", "createTask"] as const;
export type CrmMethod = (typeof crmMethods)[number];

export type CommandName = Command["do"];

/** The operator's screen, fully rendered. */
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
export const mediaCommands: ReadonlySet<string> = new Set([
  "answer",
  "play",
  "background",
  "listen",
  "record",
  "recordControl",
  "dtmf",
  "refer",
  "bridge",
  "queue",
  "hold",
  "whisper",
  "amd",
]);

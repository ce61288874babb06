import { knownNumber, type Tunable } from "../nodes/tunable.ts";
import type { CheckedNode } from "./rule.ts";

/** Milliseconds that a prompt takes to say. */
export type SayMs = (key: string | undefined) => number;

/** The effect of a node type on the person on the line; types not listed neither speak nor listen. */
export type NodeSort = {
  /** Uses the caller's audio: two such nodes at once interfere, and after a hang-up the node faults. */
  talks?: true;
  /** Waits for the caller's answer. */
  listens?: true;
  /** The caller chooses where to go. */
  chooses?: true;
  /** A person takes over or will call back. */
  person?: true;
  /** Sends call data outside, which a hang-up must not lose. */
  sends?: true;
  /** Prompts heard on the way, in order. */
  says?(config: never): (string | undefined)[];
  /** The longest it can hold the caller, in milliseconds. */
  worst?(config: never, say: SayMs): number;
};

type Input = {
  prompt?: string;
  attempts: number;
  firstInputTimeout: number;
  noInputPrompt?: string;
  invalidPrompt?: string;
  interDigitTimeout?: number;
  max?: number;
};
type Menu = Input & { choices: { prompt?: string }[] };
type Form = Omit<Input, "prompt"> & { questions: { prompt: string; max: number }[] };

const asked = (config: Input, say: SayMs, own: number): number =>
  config.attempts * (own + config.firstInputTimeout * 1000 + (config.max ?? 1) * (config.interDigitTimeout ?? 0) * 500) +
  (config.attempts - 1) * Math.max(say(config.noInputPrompt), say(config.invalidPrompt));
const menuMs = (config: Menu, say: SayMs): number => say(config.prompt) + config.choices.reduce((sum, item) => sum + say(item.prompt), 0);
const question = (config: Input, say: SayMs): number => asked(config, say, say(config.prompt));
/** Seconds as milliseconds; an expression counts as the default of the form. */
const secondsOr =
  (otherwise: number) =>
  ({ maxSeconds }: { maxSeconds: Tunable }): number =>
    knownNumber(maxSeconds, otherwise) * 1000;
const seconds = (config: { maxSeconds: number }): number => config.maxSeconds * 1000;

type Playlist = { playlist: { prompt: string }[]; mode: string };
/** Nothing is said here: background audio delays nobody. */
const aside = ({ mode }: Playlist): boolean => mode === "background" || mode === "silence";

const input = { talks: true, listens: true } as const;
const prompted = (config: { prompt?: string }) => [config.prompt];

export const nodeSorts: Readonly<Record<string, NodeSort>> = {
  say: { talks: true, says: prompted, worst: (config: { prompt: string }, say: SayMs) => say(config.prompt) },
  play: {
    talks: true,
    says: (config: Playlist) => (aside(config) ? [] : config.playlist.map((item) => item.prompt)),
    worst: (config: Playlist & { times: number; maxSeconds: number }, say: SayMs) =>
      aside(config) ? 0 : config.mode === "loop" ? seconds(config) : config.times * config.playlist.reduce((sum, item) => sum + say(item.prompt), 0),
  },
  menu: {
    ...input,
    chooses: true,
    says: (config: Menu) => [config.prompt, ...config.choices.map((item) => item.prompt)],
    worst: (config: Menu, say: SayMs) => asked(config, say, menuMs(config, say)),
  },
  "collect-digits": { ...input, says: prompted, worst: question },
  "collect-speech": {
    ...input,
    says: prompted,
    worst: (config: Input & { maxSeconds: number }, say: SayMs) => question(config, say) + config.attempts * seconds(config),
  },
  "collect-form": {
    ...input,
    says: (config: Form) => config.questions.map((item) => item.prompt),
    worst: (config: Form, say: SayMs) => config.questions.reduce((sum, item) => sum + question({ ...config, prompt: item.prompt, max: item.max }, say), 0),
  },
  "dial-by-name": { ...input, chooses: true, says: prompted, worst: question },
  record: {
    ...input,
    person: true,
    says: prompted,
    worst: (config: { prompt?: string; maxSeconds: Tunable }, say: SayMs) => say(config.prompt) + secondsOr(120)(config),
  },
  queue: { talks: true, person: true, worst: secondsOr(600) },
  transfer: {
    talks: true,
    person: true,
    worst: (config: { ringSeconds: Tunable; order: string; also: unknown[] }) =>
      knownNumber(config.ringSeconds, 25) * 1000 * (config.order === "sequence" ? 1 + config.also.length : 1),
  },
  "connect-operator": { talks: true, person: true, worst: secondsOr(2) },
  callback: { person: true, sends: true },
  hold: { talks: true, says: () => [] },
  whisper: { talks: true },
  "send-dtmf": { talks: true },
  amd: { talks: true, worst: seconds },
  wait: { worst: (config: { seconds: Tunable }) => knownNumber(config.seconds, 1) * 1000 },
  step: { talks: true, listens: true },
  objections: { talks: true, listens: true },
  offer: { talks: true, listens: true },
  "wrap-up": { talks: true, listens: true },
  http: {
    sends: true,
    worst: (config: { timeout: number; retries: number }) => config.timeout * 1000 * (1 + config.retries),
  },
  crm: { sends: true },
  ticket: { sends: true },
  notify: { sends: true },
  table: { sends: true },
  contact: { sends: true },
};

const plain: NodeSort = {};

export const sortOf = (type: string): NodeSort => (Object.hasOwn(nodeSorts, type) ? nodeSorts[type]! : plain);

/** Prompts heard on the way through a node. */
export function heardPrompts({ node, config }: CheckedNode): string[] {
  // The functions of a node sort take the config of their own node type.
  return (
    sortOf(node.type)
      .says?.(config as never)
      .filter((key): key is string => Boolean(key)) ?? []
  );
}

import type { ShownField, ShownStep } from "../commands.ts";
import type { Pending } from "../compile/context.ts";
import type { Value } from "../schema/values.ts";
import type { DirectoryArgs } from "../waiting/directory.ts";
import type { FormArgs, FormState } from "../waiting/form.ts";
import type { InputArgs, InputState } from "../waiting/input.ts";
import { validDigits, type Validation } from "../waiting/validate-digits.ts";
import type { SpeechArgs } from "../waiting/speech.ts";
import type { TalkItem } from "./conversation.ts";
import type { Player } from "./player.ts";

/** Possible actions of a person where the flow waits. `sense` distinguishes a sensible answer, invalid input and no input. */
export type Choice = { item: TalkItem; sense: "answer" | "wrong" | "silent" };

/** The current choices of the person; empty if the flow waits for something else or has ended. */
export function choicesAt(player: Player): Choice[] {
  if (player.done) return [];
  if (player.shown) return shownChoices(player.shown.step);
  if (player.recording) return [answer({ say: "…", seconds: 3 }), silent];
  if (player.playing) return [];
  for (const pending of Object.values(player.context.pending)) {
    const choices = asked[pending.waiter]?.(pending, numbersKnown(player));
    if (choices) return choices;
  }
  return [];
}

/** Whether `choicesAt` would have anything, without making the choices. */
export function asksNow(player: Player): boolean {
  if (player.done) return false;
  if (player.shown || player.recording) return true;
  if (player.playing) return false;
  for (const path in player.context.pending) {
    const { waiter, state } = player.context.pending[path]!;
    if (waiter === "record" ? (state as { phase: string }).phase === "choose" : waiter in asked) return true;
  }
  return false;
}

const answer = (item: TalkItem): Choice => ({ item, sense: "answer" });
const wrong = (item: TalkItem): Choice => ({ item, sense: "wrong" });
const silent: Choice = { item: { silence: true }, sense: "silent" };

const asked: Partial<Record<Pending["waiter"], (pending: Pending, known: readonly string[]) => Choice[] | null>> = {
  input: ({ args, state }, known) => inputChoices(args as InputArgs, state as InputState, known),
  form: ({ args, state }, known) => formChoices(args as FormArgs, state as FormState, known),
  speech: ({ args }) => speechChoices(args as SpeechArgs),
  directory: ({ args }) => directoryChoices(args as DirectoryArgs),
  record: ({ state }) => ((state as { phase: string }).phase === "choose" ? [answer({ press: "1" }), answer({ press: "2" }), silent] : null),
};

/** Numbers that the person may know by heart: what the contact and the inputs hold. */
function numbersKnown({ context }: Player): string[] {
  const facts = Object.values({ ...context.inputs, ...context.contact });
  return facts
    .filter((fact) => typeof fact === "string" || typeof fact === "number")
    .flatMap((fact) => (/^\d{1,20}$/.test(String(fact)) ? [String(fact)] : []));
}

function inputChoices(args: InputArgs, state: InputState, known: readonly string[]): Choice[] {
  if (state.phase === "confirm" && args.confirm) return [answer({ press: args.confirm.yes }), wrong({ press: args.confirm.no }), silent];
  if (args.accept.kind === "keys") {
    const keys = args.accept.keys.map((choice) => answer({ press: choice.key }));
    const used = new Set(args.accept.keys.flatMap((choice) => [...choice.key]));
    const free = [..."9876543210"].find((digit) => !used.has(digit) && digit !== (args.accept as { repeatKey: string }).repeatKey);
    const words = (args.speech?.phrases ?? []).map((phrase) => answer({ say: phrase.words[0]! }));
    return [...keys, ...words, ...(free ? [wrong({ press: free })] : []), silent];
  }
  const { min, max, validation } = args.accept;
  const end = args.terminator[0] ?? "";
  const good = samplesOf(validation, min, max, known).map((digits) => answer({ press: digits.length < max ? digits + end : digits }));
  const bad = wrongSample(validation, min, max);
  return [...good, ...(bad === null ? [] : [wrong({ press: bad.length < max && end ? bad + end : bad })]), silent];
}

/** Numbers that pass a check, each of the length wanted. */
function samplesOf(validation: Validation, min: number, max: number, known: readonly string[]): string[] {
  const length = Math.min(Math.max(min, 1), max);
  const plain = ["1".repeat(length), "4".repeat(Math.min(Math.max(min, 4), max)), "22".padEnd(length, "0").slice(0, Math.max(length, 1))];
  const byKind: { [K in Validation["kind"]]: (check: Extract<Validation, { kind: K }>) => string[] } = {
    none: () => plain,
    range: ({ from, to }) => [String(from), String(Math.floor((from + Math.min(to, from + 1_000_000)) / 2)), String(to)],
    list: ({ values }) => values,
    luhn: () => ["4111111111111111", "18"],
    date: () => ["01012030", "0112", "15061990"],
    phone: () => ["89161234567", "84951234567"],
    pattern: () => ["1", "12", "123", "1234", "12345", "123456", "7712", "0000", ...plain],
  };
  const candidates = (byKind[validation.kind] as (check: Validation) => string[])(validation);
  return [...new Set([...known, ...candidates])]
    .filter((digits) => /^\d+$/.test(digits) && digits.length >= min && digits.length <= max && validDigits(digits, validation))
    .slice(0, 3);
}

function wrongSample(validation: Validation, min: number, max: number): string | null {
  const candidates = ["0".repeat(Math.max(min, 1)), "9".repeat(Math.max(min, 1)), "1", "99999999".slice(0, Math.max(min, 1))];
  const bad = candidates.find((digits) => digits.length <= max && (digits.length < min || !validDigits(digits, validation)));
  return bad ?? (min > 1 ? "1" : null);
}

function speechChoices(args: SpeechArgs): Choice[] {
  const phrases = args.phrases.map((item) => answer({ say: item.words[0]! }));
  return [...(phrases.length > 0 ? phrases : [answer({ say: "да, конечно" })]), wrong({ say: "ээ", confidence: 0.1 }), silent];
}

function directoryChoices(args: DirectoryArgs): Choice[] {
  const known = args.people[0];
  return [...(known ? [answer({ say: known.name })] : []), wrong({ say: "тарабарщина" }), silent];
}

function formChoices(args: FormArgs, state: FormState, known: readonly string[]): Choice[] {
  const field = args.fields[state.index];
  if (state.phase === "field" && field && state.inner) return inputChoices(field.input, state.inner, known);
  if (state.phase === "which") return [answer({ press: "1" }), silent];
  return [answer({ press: args.summary?.yes ?? "1" }), wrong({ press: args.summary?.no ?? "2" }), silent];
}

function shownChoices(step: ShownStep): Choice[] {
  const fields = Object.fromEntries(step.fields.map((field) => [field.name, step.values[field.name] ?? sampleOf(field)]));
  const filled = step.fields.length > 0 ? { fields } : {};
  if (step.answers.length === 0) return [answer({ answer: "", ...filled })];
  return step.answers.map((option) => answer({ answer: option.value, ...filled }));
}

/** Something that fits a field of a script. */
function sampleOf(field: ShownField): Value {
  if (field.options.length > 0) return field.options[0]!.value;
  const samples: Record<string, Value> = {
    number: 3,
    money: 1500,
    boolean: true,
    date: "2026-12-01",
    time: "12:30",
    datetime: "2026-12-01T12:30:00+03:00",
    phone: "+79161234567",
    list: [],
    map: {},
  };
  return samples[field.type] ?? "Иван Петров";
}

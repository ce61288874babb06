import { z } from "zod";
import { seededRandom } from "../compile/seeded.ts";
import type { Choice } from "./choices.ts";

/** A simulated caller: patience, attention, mood. Shares are from 0 to 1. */
export const personaSchema = z
  .object({
    name: z.string().max(100),
    /** Seconds of waiting or listening after which they hang up. */
    patience: z.number().min(1).max(7_200).default(120),
    /** Hurried ones do not listen long, angry ones are nearer to hanging up at each question, unsure ones think long. */
    mood: z.enum(["calm", "hurried", "angry", "unsure"]).default("calm"),
    /** How they answer: as asked, briefly at once, slowly, or off the point (at least four times in ten). */
    style: z.enum(["exact", "quick", "slow", "off-topic"]).default("exact"),
    /** Chance to stay silent, to answer wrongly, to hang up at a question. */
    silence: z.number().min(0).max(1).default(0.05),
    slips: z.number().min(0).max(1).default(0.05),
    hangup: z.number().min(0).max(1).default(0.02),
    /** Answers of a script they prefer, by value: objections they raise. */
    objections: z.array(z.string().max(50)).max(30).default([]),
    /** How often such a caller is met, against the others. */
    weight: z.number().min(0).max(1_000).default(1),
  })
  .strict();
export type Persona = z.infer<typeof personaSchema>;

/** Five personas that every flow should handle (silent, hurried, rude, unsure, off-topic) and an ordinary one. */
export const personas: readonly Persona[] = [
  { name: "ordinary", weight: 5 },
  { name: "silent", silence: 0.6, style: "slow" as const, mood: "unsure" as const },
  { name: "hurried", patience: 40, style: "quick" as const, mood: "hurried" as const, hangup: 0.05 },
  { name: "rude", patience: 60, mood: "angry" as const, slips: 0.3, hangup: 0.15 },
  { name: "doubter", slips: 0.15, silence: 0.15, style: "slow" as const, mood: "unsure" as const },
  { name: "off-topic", slips: 0.4, style: "off-topic" as const },
].map((persona) => personaSchema.parse(persona));

export type Act = { do: "choose"; choice: Choice } | { do: "hangup" };

/** How a persona lives through one call. */
export type PersonaMind = {
  /** The next action after this many idle seconds. */
  pick(choices: readonly Choice[], waited: number): Act;
  /** Milliseconds before they act. */
  reactionMs(): number;
  /** Seconds of waiting, or of being spoken to, that they stand. */
  patience(spokenTo: boolean): number;
  random(): number;
};

type Mood = {
  /** Times as long as their patience that they listen while spoken to. */
  listens: number;
  /** Their chance to hang up, times this at every further question. */
  temper: number;
  /** Their time to act, times this. */
  thinks: number;
};
const moods: Readonly<Record<Persona["mood"], Mood>> = {
  calm: { listens: 2, temper: 1, thinks: 1 },
  hurried: { listens: 1, temper: 1, thinks: 0.6 },
  angry: { listens: 1, temper: 1.4, thinks: 1 },
  unsure: { listens: 2, temper: 1, thinks: 1.8 },
};
const astray = 0.4;

/** The persona's next act among what the flow takes; a seed gives the same acts again. */
export function personaMind(persona: Persona, seed: number): PersonaMind {
  const random = seededRandom(seed);
  const { listens, temper, thinks } = moods[persona.mood];
  const slips = persona.style === "off-topic" ? Math.max(persona.slips, astray) : persona.slips;
  let hangup = persona.hangup;
  const oneOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  return {
    random,
    pick(choices, waited) {
      if (waited > persona.patience * listens || random() < hangup) return { do: "hangup" };
      hangup = Math.min(1, hangup * temper);
      const bySense = (sense: Choice["sense"]) => choices.filter((choice) => choice.sense === sense);
      const quiet = random() < persona.silence ? oneOf(bySense("silent")) : undefined;
      const slip = random() < slips ? oneOf(bySense("wrong")) : undefined;
      const raised = choices.filter(({ item }) => "answer" in item && persona.objections.includes(item.answer));
      const choice = quiet ?? slip ?? oneOf(raised) ?? oneOf(bySense("answer")) ?? oneOf(choices);
      return choice ? { do: "choose", choice } : { do: "hangup" };
    },
    patience: (spokenTo) => persona.patience * (spokenTo ? listens : 1),
    reactionMs() {
      const base = { exact: 1_200, quick: 300, slow: 3_000, "off-topic": 1_800 }[persona.style];
      return Math.round(base * thinks * (0.5 + random()));
    },
  };
}

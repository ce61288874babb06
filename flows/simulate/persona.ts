import { z } from "zod";
import { seededRandom } from "../compile/seeded.ts";
import type { Choice } from "./choices.ts";

/** A made-up caller: how patient, how attentive, in what mood. Shares are from 0 to 1. */
export const personaSchema = z
  .object({
    name: z.string().max(100),
    /** Seconds of waiting or listening after which they hang up. */
    patience: z.number().min(1).max(7_200).default(120),
    mood: z.enum(["calm", "hurried", "angry", "unsure"]).default("calm"),
    /** How they answer: as asked, briefly at once, slowly, or off the point. */
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

/** Five that every flow should stand (desk.md): silent, hurried, rude, doubting, off the topic; and an ordinary one. */
export const personas: readonly Persona[] = [
  { name: "ordinary", weight: 5 },
  { name: "silent", silence: 0.6, style: "slow" as const, mood: "unsure" as const },
  { name: "hurried", patience: 40, style: "quick" as const, mood: "hurried" as const, hangup: 0.05 },
  { name: "rude", patience: 60, mood: "angry" as const, slips: 0.3, hangup: 0.15 },
  { name: "doubter", slips: 0.15, silence: 0.15, style: "slow" as const, mood: "unsure" as const },
  { name: "off-topic", slips: 0.4, style: "off-topic" as const },
].map((persona) => personaSchema.parse(persona));

export type Act = { do: "choose"; choice: Choice } | { do: "hangup" };

/** The persona's next act among what the flow takes; a seed gives the same acts again. */
export function personaMind(persona: Persona, seed: number): { pick(choices: readonly Choice[], waited: number): Act; reactionMs(): number; random(): number } {
  const random = seededRandom(seed);
  const oneOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  return {
    random,
    pick(choices, waited) {
      if (waited > persona.patience || random() < persona.hangup) return { do: "hangup" };
      const bySense = (sense: Choice["sense"]) => choices.filter((choice) => choice.sense === sense);
      const quiet = random() < persona.silence ? oneOf(bySense("silent")) : undefined;
      const slip = random() < persona.slips ? oneOf(bySense("wrong")) : undefined;
      const raised = choices.filter(({ item }) => "answer" in item && persona.objections.includes(item.answer));
      const choice = quiet ?? slip ?? oneOf(raised) ?? oneOf(bySense("answer")) ?? oneOf(choices);
      return choice ? { do: "choose", choice } : { do: "hangup" };
    },
    /** Milliseconds before they act. */
    reactionMs() {
      const base = { exact: 1_200, quick: 300, slow: 3_000, "off-topic": 1_800 }[persona.style];
      return Math.round(base * (0.5 + random()));
    },
  };
}

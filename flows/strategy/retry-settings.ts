import { z } from "zod";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:MM");

/** Campaign settings added to the retry rules of its strategy. All optional: without them only the rules apply. */
export const retrySettings = z
  .object({
    /** Most counted attempts to a contact in any 24 hours, in any 168 hours. */
    perDay: z.number().int().min(1).max(100).optional(),
    perWeek: z.number().int().min(1).max(500).optional(),
    /** After these outcomes the next attempt falls into another part of the day than the last one. */
    shiftAfter: z
      .array(z.enum(["busy", "noAnswer", "rejected", "failed", "unknown", "machine"]))
      .max(6)
      .optional(),
    /** Where parts of the day begin, by the clock of the contact. */
    dayParts: z.array(clock).min(2).max(6).optional(),
    /** Hours that take the place of each whole day of waiting, in turn: 27, 29, 31 instead of the same hour every day. */
    spreadHours: z.array(z.number().int().min(1).max(72)).min(1).max(10).optional(),
    /** After this many counted attempts on one number of a contact, its next number (phone2, phone3 …) is dialled. */
    nextNumberAfter: z.number().int().min(1).max(20).optional(),
  })
  .strict();
export type RetrySettings = z.infer<typeof retrySettings>;

import type { SayAs } from "../say-as.ts";
import { date, duration, time } from "./calendar.ts";
import { money } from "./money.ts";
import { cardinal, ordinal } from "./number.ts";
import { plural } from "./plural.ts";
import { code, digits, phone } from "./spelling.ts";

export const english: SayAs = { cardinal, ordinal, digits, code, money, date, time, duration, phone, plural };

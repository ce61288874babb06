import type { SayAs } from "../say-as.ts";
import { date, duration, time } from "./calendar.ts";
import { cardinal } from "./cardinal.ts";
import { money } from "./money.ts";
import { ordinal } from "./ordinal.ts";
import { plural } from "./plural.ts";
import { code, digits, phone } from "./spelling.ts";

export const russian: SayAs = { cardinal, ordinal, digits, code, money, date, time, duration, phone, plural };

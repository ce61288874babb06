import type { SayAs } from "../say-as.ts";
import { date, duration, time, weekday } from "./calendar.ts";
import { cardinal } from "./cardinal.ts";
import { counted } from "./counted.ts";
import { joined } from "./joined.ts";
import { money } from "./money.ts";
import { agreedNoun } from "./noun.ts";
import { ordinal } from "./ordinal.ts";
import { code, digits, phone } from "./spelling.ts";

export const russian: SayAs = {
  cardinal,
  ordinal,
  count: counted,
  digits,
  code,
  money,
  date,
  weekday,
  time,
  duration,
  phone,
  plural: agreedNoun,
  joined,
};

import type { SayAs } from "../say-as.ts";
import { date, duration, time, weekday } from "./calendar.ts";
import { joined } from "./joined.ts";
import { money } from "./money.ts";
import { cardinal, ordinal } from "./number.ts";
import { plural } from "./plural.ts";
import { code, digits, phone } from "./spelling.ts";

export const english: SayAs = {
  cardinal,
  ordinal,
  count: (n, forms) => `${cardinal(n)} ${plural(n, forms)}`.trim(),
  digits,
  code,
  money,
  date,
  weekday,
  time,
  duration,
  phone,
  plural,
  joined,
};

import { roundDecimal, toDecimal } from "../decimal.ts";
import { cardinal } from "./number.ts";
import { plural } from "./plural.ts";

type Currency = { major: readonly string[]; minor?: readonly string[] };

const cents = ["cent", "cents"];
const kopecks = ["kopeck", "kopecks"];
const currencies: Record<string, Currency> = {
  RUB: { major: ["ruble", "rubles"], minor: kopecks },
  USD: { major: ["dollar", "dollars"], minor: cents },
  EUR: { major: ["euro", "euros"], minor: cents },
  GBP: { major: ["pound", "pounds"], minor: ["penny", "pence"] },
  KZT: { major: ["tenge"], minor: ["tiyn"] },
  BYN: { major: ["Belarusian ruble", "Belarusian rubles"], minor: kopecks },
  UAH: { major: ["hryvnia", "hryvnias"], minor: kopecks },
  UZS: { major: ["som"], minor: ["tiyin"] },
  KGS: { major: ["som"], minor: ["tyiyn"] },
  TJS: { major: ["somoni"], minor: ["diram", "dirams"] },
  AMD: { major: ["dram"], minor: ["luma"] },
  AZN: { major: ["manat"], minor: ["qepik"] },
  GEL: { major: ["lari"], minor: ["tetri"] },
  MDL: { major: ["leu", "lei"], minor: ["ban", "bani"] },
  TRY: { major: ["lira"], minor: ["kurush"] },
  CNY: { major: ["yuan"], minor: ["fen"] },
  CHF: { major: ["franc", "francs"], minor: ["centime", "centimes"] },
  JPY: { major: ["yen"] },
};

/** twenty-one rubles and fifty kopecks; zero cents are not said, cents alone are. */
export function money(amount: number, code: string): string {
  const decimal = toDecimal(amount);
  if (!decimal) return String(amount);
  const currency = currencies[String(code).trim().toUpperCase()];
  if (!currency) return `${cardinal(amount)} ${String(code)}`.trim();
  const { negative, whole, minor } = roundDecimal(decimal, currency.minor ? 2 : 0);
  const parts: string[] = [];
  if (whole > 0 || minor === 0) parts.push(count(whole, currency.major));
  if (minor > 0 && currency.minor) parts.push(count(minor, currency.minor));
  return (negative ? "minus " : "") + parts.join(" and ");
}

function count(n: number, forms: readonly string[]): string {
  return `${cardinal(n)} ${plural(n, forms)}`;
}

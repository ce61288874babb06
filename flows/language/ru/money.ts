import { roundDecimal, toDecimal } from "../decimal.ts";
import type { Gender, GrammaticalCase } from "../say-as.ts";
import { cardinal } from "./cardinal.ts";
import { counted } from "./counted.ts";

type Unit = { gender: Gender; forms: readonly string[] };
type Currency = { major: Unit; minor?: Unit };

function unit(gender: Gender, forms: string): Unit {
  return { gender, forms: forms.split(", ") };
}

const kopeck = unit("f", "копейка, копейки, копеек");
const cent = unit("m", "цент, цента, центов");
const currencies: Record<string, Currency> = {
  RUB: { major: unit("m", "рубль, рубля, рублей"), minor: kopeck },
  USD: { major: unit("m", "доллар, доллара, долларов"), minor: cent },
  EUR: { major: unit("m", "евро"), minor: cent },
  GBP: { major: unit("m", "фунт, фунта, фунтов"), minor: unit("m", "пенс, пенса, пенсов") },
  KZT: { major: unit("m", "тенге"), minor: unit("m", "тиын, тиына, тиынов") },
  BYN: { major: unit("m", "белорусский рубль, белорусских рубля, белорусских рублей"), minor: kopeck },
  UAH: { major: unit("f", "гривна, гривны, гривен"), minor: kopeck },
  UZS: { major: unit("m", "сум, сума, сумов"), minor: unit("m", "тийин, тийина, тийинов") },
  KGS: { major: unit("m", "сом, сома, сомов"), minor: unit("m", "тыйын, тыйына, тыйынов") },
  TJS: { major: unit("m", "сомони"), minor: unit("m", "дирам, дирама, дирамов") },
  AMD: { major: unit("m", "драм, драма, драмов"), minor: unit("f", "лума, лумы, лум") },
  AZN: { major: unit("m", "манат, маната, манатов"), minor: unit("m", "гяпик, гяпика, гяпиков") },
  GEL: { major: unit("m", "лари"), minor: unit("m", "тетри") },
  MDL: { major: unit("m", "лей, лея, леев"), minor: unit("m", "бан, бана, банов") },
  TRY: { major: unit("f", "лира, лиры, лир"), minor: unit("m", "куруш, куруша, курушей") },
  CNY: { major: unit("m", "юань, юаня, юаней"), minor: unit("m", "фэнь, фэня, фэней") },
  CHF: { major: unit("m", "франк, франка, франков"), minor: unit("m", "сантим, сантима, сантимов") },
  JPY: { major: unit("f", "иена, иены, иен") },
};

/** двадцать один рубль пятьдесят копеек; zero kopecks are not said, kopecks alone are. */
export function money(amount: number, code: string, options: { case?: GrammaticalCase } = {}): string {
  const decimal = toDecimal(amount);
  if (!decimal) return String(amount);
  const currency = currencies[String(code).trim().toUpperCase()];
  if (!currency) return `${cardinal(amount, options)} ${String(code)}`.trim();
  const { negative, whole, minor } = roundDecimal(decimal, currency.minor ? 2 : 0);
  const parts: string[] = [];
  if (whole > 0 || minor === 0) parts.push(counted(whole, currency.major.forms, { ...options, gender: currency.major.gender }));
  if (minor > 0 && currency.minor) parts.push(counted(minor, currency.minor.forms, { ...options, gender: currency.minor.gender }));
  return (negative ? ["минус", ...parts] : parts).join(" ");
}

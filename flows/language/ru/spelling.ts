import { phoneGroups } from "../phone-groups.ts";
import { cardinal, digitName } from "./cardinal.ts";

const latin = "a а b бэ c цэ d дэ e е f эф g жэ h аш i и j йот k ка l эль m эм n эн o о p пэ q ку r эр s эс t тэ u у v вэ x икс y игрек z зет".split(" ");
const cyrillic =
  "а а б бэ в вэ г гэ д дэ е е ё ё ж жэ з зэ и и к ка л эль м эм н эн о о п пэ р эр с эс т тэ у у ф эф х ха ц цэ ч че ш ша щ ща ы ы э э ю ю я я".split(" ");
const names = new Map<string, string>([
  ...pairs(latin),
  ...pairs(cyrillic),
  ["w", "дубль вэ"],
  ["й", "и краткое"],
  ["ъ", "твёрдый знак"],
  ["ь", "мягкий знак"],
  ["-", "дефис"],
  ["–", "дефис"],
  ["—", "дефис"],
  ["/", "дробь"],
  [".", "точка"],
  ["_", "подчёркивание"],
  ["@", "собака"],
  ["+", "плюс"],
  ["*", "звёздочка"],
  ["#", "решётка"],
]);

/** четыре ноль семь один */
export function digits(text: string): string {
  const read = [...String(text)].filter((sign) => /[\d+*#]/.test(sign)).map(nameOf);
  return read.length > 0 ? read.join(" ") : String(text);
}

/** а, бэ, дефис, один, два */
export function code(text: string): string {
  const read = [...String(text).toLowerCase()].map(nameOf).filter((name) => name !== undefined);
  return read.length > 0 ? read.join(", ") : String(text);
}

/** плюс семь, девятьсот девяносто девять, ноль ноль ноль, ноль ноль, ноль один */
export function phone(e164: string): string {
  const number = phoneGroups(String(e164));
  if (!number) return String(e164);
  return (number.international ? "плюс " : "") + number.groups.map(group).join(", ");
}

/** Leading zeros one by one, the rest as a number; a group of four as two pairs. */
function group(digitsOfGroup: string): string {
  if (digitsOfGroup.length > 3) return `${group(digitsOfGroup.slice(0, 2))} ${group(digitsOfGroup.slice(2))}`;
  const rest = digitsOfGroup.replace(/^0+/, "");
  const zeros = Array.from({ length: digitsOfGroup.length - rest.length }, () => "ноль");
  return (rest ? [...zeros, cardinal(Number(rest))] : zeros).join(" ");
}

function nameOf(sign: string): string | undefined {
  return /\d/.test(sign) ? digitName(sign) : names.get(sign);
}

function pairs(list: readonly string[]): [string, string][] {
  return list.flatMap((letter, index): [string, string][] => (index % 2 === 0 ? [[letter, list[index + 1]!]] : []));
}

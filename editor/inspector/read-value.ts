import { readNumber } from "../../flows/language/read-number.ts";
import type { Value, ValueType } from "../../flows/schema/values.ts";

/** Text typed by a person as a value of a type. */
export function readValue(type: ValueType, text: string): Value {
  if (type === "number" || type === "money") {
    const read = readNumber(text, null);
    return "value" in read ? read.value : text;
  }
  if (type === "boolean") return /^(true|1|да|yes)$/i.test(text.trim());
  if (type !== "list" && type !== "map") return text;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return type === "list"
      ? text
          .split(",")
          .map((item) => item.trim())
          .filter(Boolean)
      : text;
  }
}

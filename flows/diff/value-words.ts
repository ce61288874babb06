import { isRecord } from "./same.ts";

const longest = 160;

/** A value as shown in a sentence: quoted text, yes or no, a recording symbol, otherwise short JSON. */
export function valueWords(value: unknown, language: "ru" | "en"): string {
  const own = words[language];
  if (typeof value === "string") return own.quoted(short(value));
  if (typeof value === "boolean") return value ? own.yes : own.no;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ") || own.nothing;
  if (isRecord(value) && Object.keys(value).length === 0) return own.nothing;
  if (!isRecord(value) || typeof value["audio"] !== "string") return short(JSON.stringify(value) ?? "");
  const { text, audio } = value;
  return [typeof text === "string" ? own.quoted(short(text)) : "", own.recording(audio.slice(0, 8))].filter(Boolean).join(" ");
}

const words = {
  ru: { yes: "да", no: "нет", nothing: "ничего", quoted: (text: string) => `«${text}»`, recording: (mark: string) => `(запись ${mark})` },
  en: { yes: "yes", no: "no", nothing: "nothing", quoted: (text: string) => `"${text}"`, recording: (mark: string) => `(recording ${mark})` },
};

const short = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
};

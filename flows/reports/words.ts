import type { Ended } from "../result.ts";
import type { Localized } from "../schema/values.ts";
import type { Way } from "./call-facts.ts";

type Words = Required<Localized>;

/** What the rows of totals are called where a person reads them. */
export const wayWords: Readonly<Record<Way, Words>> = {
  deflected: { ru: "Решено в меню, без человека", en: "Solved in the menu, no person needed" },
  person: { ru: "Поговорили с человеком", en: "Reached a person" },
  abandoned: { ru: "Не дождались человека", en: "Hung up waiting for a person" },
  later: { ru: "Не соединили: обратный звонок, сообщение", en: "Not connected: callback, message" },
  left: { ru: "Положили трубку в меню", en: "Hung up in the menu" },
  other: { ru: "Закончились иначе", en: "Ended otherwise" },
  refused: { ru: "Не приняты", en: "Not taken" },
};

export const endedWords: Readonly<Record<Ended, Words>> = {
  flow: { ru: "сценарий", en: "the flow" },
  "caller-hangup": { ru: "звонящий", en: "the caller" },
  "operator-hangup": { ru: "оператор", en: "the operator" },
  fault: { ru: "сбой", en: "a fault" },
  limit: { ru: "предел", en: "a limit" },
  unfinished: { ru: "карточку оставили", en: "card left unfinished" },
};

export const noReasonWords: Words = { ru: "Причина не названа", en: "No reason given" };
export const noOutcomeWords: Words = { ru: "Без итога", en: "No outcome" };

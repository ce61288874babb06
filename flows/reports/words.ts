import type { Ended } from "../result.ts";
import type { Localized } from "../schema/values.ts";
import type { Way } from "./call-facts.ts";

type Words = Required<Localized>;

/** Titles of the total rows. */
export const wayWords: Readonly<Record<Way, Words>> = {
  deflected: { ru: "Решено в меню, без человека", en: "Resolved in the menu" },
  person: { ru: "Поговорили с человеком", en: "Reached an operator" },
  abandoned: { ru: "Не дождались человека", en: "Hung up while waiting" },
  later: { ru: "Не соединили: обратный звонок, сообщение", en: "Not connected: callback or message" },
  left: { ru: "Положили трубку в меню", en: "Hung up in the menu" },
  other: { ru: "Закончились иначе", en: "Ended otherwise" },
  refused: { ru: "Не приняты", en: "Refused" },
};

export const endedWords: Readonly<Record<Ended, Words>> = {
  flow: { ru: "сценарий", en: "flow" },
  "caller-hangup": { ru: "звонящий", en: "caller" },
  "operator-hangup": { ru: "оператор", en: "operator" },
  fault: { ru: "сбой", en: "fault" },
  limit: { ru: "предел", en: "time limit" },
  unfinished: { ru: "карточку оставили", en: "card left unfinished" },
};

export const noReasonWords: Words = { ru: "Причина не названа", en: "No reason given" };
export const noOutcomeWords: Words = { ru: "Без итога", en: "No outcome" };

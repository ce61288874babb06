import type { Finding, FlowRule } from "../rule.ts";
import { byLaw, type LawId } from "./laws.ts";

const fields: readonly { name: "purpose" | "consent" | "label"; law: LawId; ru: string; en: string }[] = [
  {
    name: "purpose",
    law: "RU-38-18",
    ru: "не указана цель звонков: выберите её в паспорте сценария",
    en: "the call purpose is missing: choose it in the calling passport of the flow",
  },
  {
    name: "consent",
    law: "RU-41-MASS",
    ru: "не указано, на каком основании звоним: впишите, где и когда люди дали согласие",
    en: "the consent basis is missing: write where and when people gave consent",
  },
  {
    name: "label",
    law: "RU-41-LBL",
    ru: "не указана подпись вызова: впишите, что увидит абонент на экране",
    en: "the call label is missing: write the text that people see on their screen",
  },
];

/** A strategy without a calling passport: purpose, consent basis, label. */
export const passportMissing: FlowRule = {
  code: "passport-missing",
  severity: "error",
  needs: ["head"],
  check: ({ flow }) =>
    flow.kind !== "strategy"
      ? []
      : fields.flatMap(({ name, law, ru, en }): Finding[] =>
          flow.passport?.[name]?.trim() ? [] : [{ node: null, path: `passport.${name}`, message: byLaw(law, ru, en) }],
        ),
};

/** Cases against independent npm packages: money and cardinals, nouns behind a number, names of people. */
import fc from "fast-check";
import numberToWordsRu from "number-to-words-ru";
import { Case, Gender, numeralize } from "numeralize-ru";
import petrovich from "petrovich";
import * as nouns from "russian-nouns-js";
import { describe, expect, it } from "vitest";
import { type GrammaticalCase, namesIn, sayAs } from "../../flows/language/index.ts";

const ru = sayAs("ru");
const longCases = {
  nom: "nominative",
  gen: "genitive",
  dat: "dative",
  acc: "accusative",
  ins: "instrumental",
  pre: "prepositional",
} as const;
const oblique = ["gen", "dat", "acc", "ins", "pre"] as const;
const anyCase = fc.constantFrom<GrammaticalCase>("nom", ...oblique);
const whole = fc.integer({ min: 1, max: 12 }).chain((length) => fc.integer({ min: 1, max: 10 ** length }));
/** Some oracles do not write ё. */
const withoutYo = (text: string): string => text.toLowerCase().replaceAll("ё", "е");

function check<T>(property: fc.IProperty<T>): void {
  fc.assert(property as fc.IProperty<unknown>, { numRuns: 1500 });
}

describe("against number-to-words-ru", () => {
  const currencies = { RUB: "rub", USD: "usd", EUR: "eur" } as const;
  it("sums with their small change in every case", () => {
    check(
      fc.property(fc.integer({ min: 100, max: 10 ** 11 }), anyCase, fc.constantFrom("RUB", "USD", "EUR"), (hundredths, grammaticalCase, code) => {
        // A noun after a whole thousand is in the genitive; the oracle has it in the case of the number.
        fc.pre(hundredths % 100 > 0 && Math.floor(hundredths / 100) % 1000 > 0);
        const expected = numberToWordsRu.convert((hundredths / 100).toFixed(2), {
          declension: longCases[grammaticalCase],
          currency: currencies[code],
          convertNumberToWords: { fractional: true },
        });
        expect(withoutYo(ru.money(hundredths / 100, code, { case: grammaticalCase }))).toBe(withoutYo(expected));
      }),
    );
  });
});

describe("against numeralize-ru", () => {
  const cases = { nom: Case.Nominative, gen: Case.Genitive, dat: Case.Dative, acc: Case.Accusative, ins: Case.Instrumental, pre: Case.Prepositional };
  const genders = { m: Gender.Masculine, f: Gender.Feminine, n: Gender.Neuter };
  it("cardinals by gender and case", () => {
    check(
      fc.property(whole, anyCase, fc.constantFrom("m", "f", "n"), (n, grammaticalCase, gender) => {
        const expected = numeralize(n, genders[gender], cases[grammaticalCase]);
        expect(withoutYo(ru.cardinal(n, { gender, case: grammaticalCase }))).toBe(withoutYo(expected));
      }),
    );
  });
});

describe("against russian-nouns-js", () => {
  const engine = new nouns.Engine();
  const russianCases = { gen: "родительный", dat: "дательный", acc: "винительный", ins: "творительный", pre: "предложный" } as const;
  const table: Record<"MASCULINE" | "FEMININE" | "NEUTER", string> = {
    MASCULINE:
      "заказ заказа заказов, рубль рубля рублей, день дня дней, час часа часов, билет билета билетов, товар товара товаров, номер номера номеров, литр литра литров, этаж этажа этажей, ключ ключа ключей, месяц месяца месяцев, договор договора договоров, платёж платежа платежей, сотрудник сотрудника сотрудников, магазин магазина магазинов, стул стула стульев, санаторий санатория санаториев, трамвай трамвая трамваев, этап этапа этапов, балл балла баллов",
    FEMININE:
      "минута минуты минут, секунда секунды секунд, неделя недели недель, копейка копейки копеек, заявка заявки заявок, услуга услуги услуг, поездка поездки поездок, станция станции станций, ночь ночи ночей, очередь очереди очередей, карта карты карт, книга книги книг, скидка скидки скидок, посылка посылки посылок, квартира квартиры квартир, гривна гривны гривен, тысяча тысячи тысяч, доставка доставки доставок",
    NEUTER:
      "место места мест, дело дела дел, письмо письма писем, предложение предложения предложений, здание здания зданий, окно окна окон, лекарство лекарства лекарств, сообщение сообщения сообщений",
  };
  const rows = Object.entries(table).flatMap(([gender, list]) => list.split(", ").map((forms) => ({ gender, forms: forms.split(" ") })));

  it.each(rows)("$forms", ({ gender, forms }) => {
    const lemma = nouns.createLemma({ text: forms[0]!, gender: nouns.Gender[gender as keyof typeof table] });
    const plurals = engine.pluralize(lemma);
    for (const grammaticalCase of oblique) {
      const one = engine.decline(lemma, russianCases[grammaticalCase]).map(withoutYo);
      expect(one, grammaticalCase).toContain(withoutYo(ru.plural(1, forms, { case: grammaticalCase })));
      if (grammaticalCase === "acc") continue;
      const many = plurals.flatMap((form) => engine.decline(lemma, russianCases[grammaticalCase], form)).map(withoutYo);
      expect(many, grammaticalCase).toContain(withoutYo(ru.plural(5, forms, { case: grammaticalCase })));
      expect(ru.plural(2, forms, { case: grammaticalCase })).toBe(ru.plural(5, forms, { case: grammaticalCase }));
    }
  });
});

describe("against petrovich", () => {
  const words = (list: string): string[] => list.split(" ");
  const men = words(
    "Александр Алексей Андрей Антон Борис Вадим Виктор Владимир Георгий Денис Егор Иван Игорь Кирилл Константин Лев Максим Михаил Никита Николай Олег Павел Пётр Роман Сергей Степан Тимур Фёдор Юрий Яков",
  );
  const women = words(
    "Анна Валентина Вера Галина Дарья Евгения Екатерина Елена Зоя Ирина Ксения Лариса Лидия Любовь Людмила Марина Мария Надежда Наталья Ольга Полина Светлана София Тамара Татьяна Юлия",
  );
  const fathers = words("Александров Андреев Борисов Викторов Владимиров Иванов Николаев Олегов Павлов Петров Сергеев Юрьев");
  const sons = words(
    "Иванов Смирнов Кузнецов Попов Соколов Лебедев Козлов Новиков Морозов Волков Зайцев Павлов Голубев Виноградов Фёдоров Михайлов Беляев Тарасов Белов Комаров Киселёв Макаров Ильин Гусев Титов Кузьмин Кудрявцев Баранов Куликов Степанов Яковлев Сорокин Романов Захаров Борисов Королёв Герасимов Пономарёв Григорьев Лазарев Медведев Ершов Никитин Соболев Рябов Поляков Цветков Данилов Жуков Фролов",
  );
  const others = words("Шевченко Черных Мельник Кравчук Петросян Ковальчук Маяковский Достоевский Пастернак Кикабидзе Саакашвили Гурченко");
  const daughter = (surname: string): string => (/(ов|ев|ёв|ин)$/.test(surname) ? `${surname}а` : surname.replace(/ский$/, "ская"));

  it("common names of men and women in every case", () => {
    check(
      fc.property(
        fc.boolean(),
        fc.constantFrom(...men),
        fc.constantFrom(...women),
        fc.constantFrom(...fathers),
        fc.constantFrom(...sons, ...others),
        fc.constantFrom(...oblique),
        (isMan, man, woman, father, surname, grammaticalCase) => {
          // petrovich takes Королёва for a noun: «Королёвы».
          fc.pre(isMan || !surname.endsWith("ёв"));
          const person = isMan ? { first: man, middle: `${father}ич`, last: surname } : { first: woman, middle: `${father}на`, last: daughter(surname) };
          const expected = petrovich({ gender: isMan ? "male" : "female", ...person }, longCases[grammaticalCase] as "genitive");
          const text = `${person.last} ${person.first} ${person.middle}`;
          expect(namesIn("ru").genderOf(text)).toBe(isMan ? "m" : "f");
          expect(namesIn("ru").fullName(text, { case: grammaticalCase })).toBe(`${expected.last} ${expected.first} ${expected.middle}`);
        },
      ),
    );
  });
});

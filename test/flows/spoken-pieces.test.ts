import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlayItem } from "../../flows/commands.ts";
import { mark, resolve } from "../../flows/compile/resolve.ts";
import { render, type Scope } from "../../flows/expressions/evaluate.ts";
import { spokenPieces } from "../../flows/expressions/spoken-pieces.ts";
import type { Language } from "../../flows/language/index.ts";

/** What stands in a text → its pieces, one a line; null when it is said whole. */
const table: Record<string, [text: string, pieces: string[] | null]> = {
  "a short text with a variable": ["Ваш номер {{ vars.n }}, спасибо за звонок.", null],
  "a long text without": ["Здравствуйте! Вы позвонили в нашу компанию, мы работаем с девяти до шести без выходных.", null],
  "sentences, one of them with a variable": [
    "Здравствуйте! Вы позвонили в компанию {{ inputs.company }}. Чтобы узнать часы работы, нажмите один.",
    ["Здравствуйте!", "Вы позвонили в компанию {{ inputs.company }}.", "Чтобы узнать часы работы, нажмите один."],
  ],
  "a sentence that begins with a variable": [
    "Мы будем рады помочь вам в любое время дня. {{ vars.name }} ждёт вас на линии.",
    ["Мы будем рады помочь вам в любое время дня.", "{{ vars.name }} ждёт вас на линии."],
  ],
  "a long phrase before a variable": [
    "Заявка принята, мастер приедет по вашему адресу {{ date(vars.day) }} утром",
    ["Заявка принята, мастер приедет по вашему адресу", "{{ date(vars.day) }} утром"],
  ],
  "a long phrase after": [
    "{{ vars.name }}, оставайтесь, пожалуйста, на линии, первый же специалист ответит вам",
    ["{{ vars.name }},", "оставайтесь, пожалуйста, на линии, первый же специалист ответит вам"],
  ],
  "long phrases on both sides, in English": [
    "We are sorry to say that the delivery of your order costs {{ money(vars.sum, 'USD') }} and that it is going to be with you a little late",
    ["We are sorry to say that the delivery of your order costs", "{{ money(vars.sum, 'USD') }}", "and that it is going to be with you a little late"],
  ],
  "short phrases between variables stay": ["Уважаемый {{ vars.name }}, ваш баланс равен {{ vars.sum }}, а бонусов {{ vars.bonus }}.", null],
  "long letters, but few words": ["Автоматизированная высокопроизводительная телекоммуникационная {{ vars.what }}", null],
  "a preposition goes with what follows": [
    "Заказ номер семь поступит в пункт выдачи уже сегодня в {{ time(vars.at) }}",
    ["Заказ номер семь поступит в пункт выдачи уже сегодня", "в {{ time(vars.at) }}"],
  ],
  "so do an article and an abbreviation": [
    "Please bring your passport and come to our new office at the {{ vars.place }}, or come to see us on St. {{ vars.street }}",
    ["Please bring your passport and come to our new office", "at the {{ vars.place }}, or come to see us on St. {{ vars.street }}"],
  ],
  "an abbreviation ends no sentence": [
    "Приезжайте за заказом. Ул. Ленина, д. 5, кв. {{ vars.flat }}, ждём вас.",
    ["Приезжайте за заказом.", "Ул. Ленина, д. 5, кв. {{ vars.flat }}, ждём вас."],
  ],
  "signs glued to a variable stay with it": [
    "Мы рады сообщить, что компания вашей мечты теперь «{{ vars.name }}», она работает для вас каждый день без выходных",
    ["Мы рады сообщить, что компания вашей мечты теперь", "«{{ vars.name }}»,", "она работает для вас каждый день без выходных"],
  ],
  "a dash and a comma apart, too": [
    "{{ vars.name }} — , это самый лучший специалист в нашей большой компании",
    ["{{ vars.name }} — ,", "это самый лучший специалист в нашей большой компании"],
  ],
  "braces in a string of an expression": [
    "{{ vars.a == '}} и {{ b' ? '{{' : \"}} . Да\" }} это длинный хвост из слов, которые всегда одни и те же",
    ["{{ vars.a == '}} и {{ b' ? '{{' : \"}} . Да\" }}", "это длинный хвост из слов, которые всегда одни и те же"],
  ],
  "an expression never closed": ["Длинный текст, в котором автор забыл закрыть скобки. Вот тут: {{ vars.name и дальше. Всё.", null],
  "a doubled space is one": [
    "Заявка  принята, мастер приедет по вашему  адресу  {{ vars.day }}  утром",
    ["Заявка принята, мастер приедет по вашему адресу", "{{ vars.day }} утром"],
  ],
};

describe("pieces of a long text", () => {
  test.each(Object.entries(table))("%s", (_name, [text, pieces]) => expect(spokenPieces(text)).toEqual(pieces));
});

const word = fc.constantFrom(
  "в",
  "на",
  "и",
  "заявка",
  "принята",
  "мастер",
  "приедет",
  "Спасибо.",
  "the",
  "order",
  "will",
  "arrive",
  "soon!",
  "ул.",
  "—",
  ",",
  "(ждите)",
  "«дом»",
);
const value = fc.constantFrom(
  "{{ vars.a }}",
  "{{ vars.none }}",
  "«{{ vars.a }}»,",
  "{{ vars.n }}.",
  "{{ '{{ . ' + vars.a + ' }}' }}",
  "{{ {'a': {'b': 1}}.a.b }}-й",
  "+{{ vars.n }}",
);
const texts = fc
  .array(fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: value }), { minLength: 8, maxLength: 60 })
  .map((words) => words.join(" "));
const scope = { inputs: {}, vars: { a: "Анна", n: 5, none: null }, result: {}, call: {}, caller: {}, contact: {}, now: null } satisfies Scope;

describe("whatever the text", () => {
  test("its pieces joined by a space are the text, and none begins with a comma or ends before one", () => {
    let cut = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const pieces = spokenPieces(text);
        if (!pieces) return;
        cut++;
        expect(pieces.length).toBeGreaterThan(1);
        expect(pieces.join(" ")).toBe(text);
        for (const piece of pieces.slice(1)) expect(piece).not.toMatch(/^[\s,.;:!?]/);
      }),
      { numRuns: 2_000 },
    );
    expect(cut).toBeGreaterThan(500);
  });

  test("pieces without variables are sentences or long phrases", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const pieces = spokenPieces(text) ?? [];
        for (const [index, piece] of pieces.entries()) {
          const sentence = (index === 0 || /[.!?…]$/.test(pieces[index - 1]!)) && (index === pieces.length - 1 || /[.!?…]$/.test(piece));
          if (!piece.includes("{{") && !sentence) expect(piece.length).toBeGreaterThanOrEqual(40);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(["ru", "en"] as const)("a caller hears the whole text, in pieces or at once (%s)", (language) => {
    let inPieces = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const [item] = said(text, language);
        const whole = render(text, scope, language);
        expect(item?.text ?? "").toBe(whole.trim() === "" ? "" : whole);
        if (!item?.pieces) return;
        inPieces++;
        expect(item.pieces.join(" ")).toBe(whole);
      }),
      { numRuns: 300 },
    );
    expect(inPieces).toBeGreaterThan(30);
  });
});

/** What a node that plays this text asks for. */
const said = (text: string, language: Language) =>
  resolve(mark.play([{ key: "p", texts: { [language]: { text } }, order: [language] }]), scope, language) as PlayItem[];

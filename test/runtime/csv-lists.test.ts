import { describe, expect, test } from "vitest";
import { csvRows } from "../../runtime/campaigns/contacts/csv-rows.ts";
import { importContacts, previewCsv } from "../../runtime/campaigns/contacts/import-contacts.ts";
import { latinNames } from "../../runtime/campaigns/contacts/latin-names.ts";
import { readPeople } from "../../runtime/campaigns/contacts/read-people.ts";
import { readTable } from "../../runtime/campaigns/contacts/read-table.ts";
import { personOf } from "../../runtime/campaigns/wake-contact.ts";
import type { Value } from "../../flows/schema/values.ts";

/** Lists as people really have them. */
const imported = (csv: string, phone = "phone") => {
  let n = 0;
  const mapping = { phone, ...(/(^|[;,])name([;,\n]|$)/.test(csv.split("\n")[0]!) ? { name: "name" } : {}) };
  return importContacts({ csv, mapping, campaign: "c", country: "RU", zone: "", at: 1, nextId: () => String((n += 1)) });
};
const one = "+79990000101";
const two = "+79990000102";

describe("cells, quotes and lines", () => {
  const cases: [string, string, { line: number; cells: string[] }[]][] = [
    [
      "an extra quote is a letter",
      'a;b\n1;"Рога" и копыта\n2;x',
      [
        { line: 1, cells: ["a", "b"] },
        { line: 2, cells: ["1", '"Рога" и копыта'] },
        { line: 3, cells: ["2", "x"] },
      ],
    ],
    [
      "a quote that is never closed swallows no row",
      'a;b\n1;"Рога\n2;x',
      [
        { line: 1, cells: ["a", "b"] },
        { line: 2, cells: ["1", '"Рога'] },
        { line: 3, cells: ["2", "x"] },
      ],
    ],
    [
      "nor up to a quote of another row",
      'a;b\n1;"Рога\n2;"x"',
      [
        { line: 1, cells: ["a", "b"] },
        { line: 2, cells: ["1", '"Рога'] },
        { line: 3, cells: ["2", "x"] },
      ],
    ],
    [
      "a quote inside a cell",
      'a;b\n1;ООО "Рога"',
      [
        { line: 1, cells: ["a", "b"] },
        { line: 2, cells: ["1", 'ООО "Рога"'] },
      ],
    ],
    [
      "whole cells in quotes, doubled ones inside",
      'a;b\n1;"x;""y"" z"\n',
      [
        { line: 1, cells: ["a", "b"] },
        { line: 2, cells: ["1", 'x;"y" z'] },
      ],
    ],
    [
      "a cell of two lines counts both",
      'a;b\n1;"x\ny"\n\n2;z',
      [
        { line: 1, cells: ["a", "b"] },
        { line: 2, cells: ["1", "x\ny"] },
        { line: 5, cells: ["2", "z"] },
      ],
    ],
    [
      "Windows and old Mac line ends",
      "a;b\r\n1;2\r3;4",
      [
        { line: 1, cells: ["a", "b"] },
        { line: 2, cells: ["1", "2"] },
        { line: 3, cells: ["3", "4"] },
      ],
    ],
    [
      "a first line names the delimiter",
      "sep=|\na|b;c\n1|2;3",
      [
        { line: 2, cells: ["a", "b;c"] },
        { line: 3, cells: ["1", "2;3"] },
      ],
    ],
    [
      "with a mark before it",
      "\uFEFFsep=;\r\na;b\r\n1;2",
      [
        { line: 2, cells: ["a", "b"] },
        { line: 3, cells: ["1", "2"] },
      ],
    ],
    [
      "the delimiter that cuts all rows alike",
      "a,x;b\n1,5;2\n3,5;4,5",
      [
        { line: 1, cells: ["a,x", "b"] },
        { line: 2, cells: ["1,5", "2"] },
        { line: 3, cells: ["3,5", "4,5"] },
      ],
    ],
    [
      "one column is not cut at all",
      "phone\n+7 999 000-01-01, +7 999 000-01-02",
      [
        { line: 1, cells: ["phone"] },
        { line: 2, cells: ["+7 999 000-01-01, +7 999 000-01-02"] },
      ],
    ],
  ];
  test.each(cases)("%s", (_name, csv, rows) => expect(csvRows(csv)).toEqual(rows));

  test("every row of a list with an extra quote arrives", () => {
    const { contacts, errors } = imported(`phone;name\n${one};"Рога" и копыта\n${two};Анна\n+79990000103;Олег\n`);
    expect(contacts.map((contact) => contact.name)).toEqual(['"Рога" и копыта', "Анна", "Олег"]);
    expect(errors).toEqual([]);
  });

  test("a bad row has the line of the file, behind blank rows and rows of several lines", () => {
    expect(imported(`phone;name\n\n\n${one};Анна\n\nкривой;Олег\n`).errors).toMatchObject([{ line: 6, source: "кривой,Олег" }]);
    expect(imported(`phone;name\n${one};"Анна\nМария"\nкривой;Олег\n${one};Ещё\n`).errors).toMatchObject([
      { line: 4 },
      { line: 5, reason: "the same number as in line 2" },
    ]);
    expect(readTable("k;a\n\nx;1\n\nx;2", "k").errors).toMatchObject([{ line: 5, reason: "the same key as in line 3" }]);
    expect(readPeople("phone;a\n\nкривой;2", { phone: "phone" }, "", "RU").errors).toMatchObject([{ line: 3 }]);
  });
});

describe("columns", () => {
  test("equal headers get numbers, and it is said", () => {
    const { contacts, notes } = imported(`phone;name;comment;comment;comment 2\n${one};Анна;first;second;third`);
    expect(contacts[0]!.data).toEqual({ comment: "first", comment_3: "second", comment_2: "third" });
    expect(notes).toEqual(['two columns are called "comment": the second one is now "comment 3"']);
    expect(previewCsv("phone;a;a\n1;2;3")).toMatchObject({ columns: ["phone", "a", "a 2"], notes: [expect.stringContaining('"a 2"')] });
    expect(readTable("k;a;a\n1;2;3", "k").rows[0]!.values).toEqual({ a: 2, "a 2": 3 });
  });

  test("Russian headers keep their words, and expressions reach them by Latin letters", () => {
    const [contact] = imported(`phone;Город;Сумма долга;Full Name\n${one};Тверь;5;x`).contacts;
    expect(contact!.data).toEqual({ Город: "Тверь", "Сумма долга": 5, full_name: "x" });
    expect(personOf(contact!)).toMatchObject({ Город: "Тверь", gorod: "Тверь", summa_dolga: 5, phone: one });
    expect(latinNames({ Город: "a", gorod: "b" })).toEqual({});
  });

  const typed: [string, string[], Value[]][] = [
    ["figures", ["1", "-20", "0", "0.5", "123456789012345"], [1, -20, 0, 0.5, 123456789012345]],
    ["figures and empty cells", ["1", "", "3"], [1, null, 3]],
    ["one code with a zero makes texts of all", ["1", "007", "3"], ["1", "007", "3"]],
    ["a plus", ["+1", "2"], ["+1", "2"]],
    ["more than 15 digits", ["1", "1234567890123456"], ["1", "1234567890123456"]],
    ["a fraction counts, too", ["1.123456789012345", "1"], ["1.123456789012345", "1"]],
    ["a word among figures", ["1", "нет"], ["1", "нет"]],
    ["hexadecimal and powers are texts", ["0x10", "1e5"], ["0x10", "1e5"]],
    ["nothing", ["", ""], ["", ""]],
  ];
  test.each(typed)("%s", (_name, cells, values) => {
    const rows = cells.map((cell, n) => `+7999000010${n};${cell}`).join("\n");
    expect(imported(`phone;v\n${rows}`).contacts.map((contact) => contact.data["v"])).toEqual(values);
    expect(readTable(`phone;v\n${rows}`, "phone").rows.map((row) => row.values["v"])).toEqual(values);
    const people = readPeople(`phone;v\n${rows}`, { phone: "phone" }, "", "RU").people;
    expect(people.map((person) => person.change.fields["v"])).toEqual(values.map((value) => (value === "" || value === null ? undefined : value)));
  });
});

describe("telephone numbers in cells", () => {
  const good: [string, string, Record<string, Value>][] = [
    ["007 999 000-01-01", one, {}],
    ["0044 20 7946 0958", "+442079460958", {}],
    ["79990000101.0", one, {}],
    ["79990000101,00", one, {}],
    ["7.9990000101E+10", one, {}],
    ["7,9990000101E+10", one, {}],
    ["'+79990000101", one, {}],
    [`${one}, ${two}`, one, { phone2: two }],
    [`${one};${two}`, one, { phone2: two }],
    ["8 (999) 000-01-01 / 8 (999) 000-01-02", one, { phone2: two }],
    [`${one} или ${two}`, one, { phone2: two }],
    [`${one}\n${two}`, one, { phone2: two }],
    [`${one}, ${one}`, one, {}],
    [`${one}, Анна`, one, {}],
  ];
  test.each(good)("%j", (cell, phone, data) => {
    const quoted = `"${cell.replaceAll('"', '""')}"`;
    expect(imported(`phone;x\n${quoted};y`).contacts).toMatchObject([{ phone, original: cell.trim(), data: { ...data, x: "y" } }]);
    expect(readPeople(`phone;x\n${quoted};y`, { phone: "phone" }, "", "RU").people).toMatchObject([{ phone, change: { fields: data } }]);
  });

  test("further numbers stand beside a column of the list's own", () => {
    expect(imported(`phone;phone2\n"${one}, ${two}";+79990000103`).contacts[0]!.data).toEqual({ phone2: "+79990000103", phone3: two });
  });

  test.each(["7,9100E+10", "7.99E+10", "7.9990000101E+11"])("%s has lost digits, and that is said", (cell) => {
    expect(imported(`phone;x\n${cell};y`)).toMatchObject({ contacts: [], errors: [{ line: 2, reason: expect.stringContaining("lost its last digits") }] });
  });
});

import { describe, expect, test } from "vitest";
import { importContacts, previewCsv } from "../../runtime/campaigns/contacts/import-contacts.ts";
import { readPhone } from "../../runtime/campaigns/contacts/phone-cell.ts";
import { readPeople } from "../../runtime/campaigns/contacts/read-people.ts";
import { readTable } from "../../runtime/campaigns/contacts/read-table.ts";
import { normalizeNumber, typedMask, typedNumber } from "../../runtime/routing/normalize-number.ts";

/** Kinds of columns and cells that were read as something else without a word. */
const imported = (csv: string) => {
  let n = 0;
  return importContacts({ csv, mapping: { phone: "phone" }, campaign: "c", country: "RU", zone: "", at: 1, nextId: () => String((n += 1)) });
};
const dataOf = (csv: string) => imported(csv).contacts[0]!.data;

describe("a number is not glued to what stands beside it", () => {
  test.each([
    ["+79990000106, +7999", "+79990000106", []],
    ["+79990000106 +7999", "+79990000106", []],
    ["+79990000170 до 18:00", "+79990000170", []],
    ["моб. 8 916 123-45-67, после 18:00", "+79161234567", []],
    ["8 (916) 123-45-67 доб. 123", "+79161234567", []],
    ["+79161234567 (Анна)", "+79161234567", []],
    ["+79161234567+79161234568", "+79161234567", ["+79161234568"]],
    ["8 916 123-45-67 / 8 916 123-45-68", "+79161234567", ["+79161234568"]],
    ["8–916–123–45–67", "+79161234567", []],
  ])("%s", (cell, phone, others) => expect(readPhone(cell, "RU")).toEqual({ phone, others }));
  test.each(["+79990000106 7999", "89161234567 1234", "до 18:00", "12345678901234567890", "с 9 до 18"])("%s is refused", (cell) =>
    expect(readPhone(cell, "RU")).toHaveProperty("reason"),
  );
  test("nor at other doors", () => expect(normalizeNumber("+799900001067999", "RU")).toBe("+799900001067999"));
});

describe("columns that would have one name", () => {
  test.each([
    ["phone;Name;name;NAME\n89990000101;1;2;3", { name: 1, name_2: 2, name_3: 3 }],
    ["phone;Order No;order_no;ORDER-NO\n89990000101;1;2;3", { order_no: 1, order_no_2: 2, order_no_3: 3 }],
    ["phone;Город;Gorod;gorod\n89990000101;1;2;3", { Город: 1, gorod_2: 2, gorod_3: 3 }],
  ])("%j", (csv, data) => {
    expect(dataOf(csv)).toEqual(data);
    expect(imported(csv).notes).toHaveLength(2);
  });
  test("in a table and in the book too", () => {
    const csv = "phone;a.b;a_b\n89990000101;x;y";
    expect(readTable(csv, "phone")).toMatchObject({ columns: ["a_b", "a_b_2"], notes: [expect.stringContaining("a_b_2")] });
    expect(readPeople(csv, { phone: "phone" }, "", "RU").people[0]!.change.fields).toEqual({ a_b: "x", a_b_2: "y" });
  });
});

describe("columns of numbers", () => {
  test.each([
    ["1250,50", 1250.5],
    ["1 250,50", 1250.5],
    ["1,250.50", 1250.5],
    ["0,5", 0.5],
    ["-5", -5],
    ["'-5", -5],
    ["007", "007"],
    ["+5", "+5"],
  ])("%s", (cell, value) => expect(dataOf(`phone;debt\n89990000101;"${cell}"`)).toEqual({ debt: value }));
  test.each(["1.250", "12,500"])("%s may be ambiguous: the column stays text, and the importer is told", (cell) => {
    const csv = `phone;debt\n89990000101;"${cell}"\n89990000102;7`;
    expect(imported(csv)).toMatchObject({ contacts: [{ data: { debt: cell } }, { data: { debt: "7" } }], notes: [expect.stringMatching(/debt.*ambiguous/)] });
    expect(readPeople(csv, { phone: "phone" }, "", "RU").notes).toHaveLength(1);
    expect(readTable(csv, "phone").notes).toEqual([]);
  });
});

describe("further numbers", () => {
  test("what is no number is left out and told, the own number is not repeated", () => {
    const { contacts, notes } = imported("phone;phone2;phone3;phone4\n89161234567;кривой;8 916 123-45-67;89161234568");
    expect(contacts[0]!.data).toEqual({ phone2: "", phone3: "", phone4: "+79161234568" });
    expect(notes).toEqual([expect.stringMatching(/line 2.*кривой/)]);
  });
});

describe("a file without a row of names", () => {
  const csv = "89161234567;Анна\n89161234568;Олег";
  test.each([["preview", () => previewCsv(csv)]])("is refused in both languages: %s", (_title, read) => {
    expect(read).toThrow(expect.objectContaining({ code: "no-header", message: expect.stringContaining("header"), ru: expect.stringContaining("заголовков") }));
  });
});

describe("a number typed at a door", () => {
  test.each([
    ["8 916 123-45-67", "+79161234567"],
    ["1004", "1004"],
    ["+7 (495) 000-00-01", "+74950000001"],
    ["+79990000106, +7999", null],
    ["+79990000170 до 18:00", null],
    ["89161234567 1234", null],
    ["abc", null],
  ])("%s → %s", (text, number) => expect(typedNumber(text, "RU")).toBe(number));
  test.each([
    ["8495*", "RU", "+7495*"],
    ["8 (495) 124*", "RU", "+7495124*"],
    ["+7495*", "RU", "+7495*"],
    ["00 7 495*", "RU", "+7495*"],
    ["10*", "RU", "10*"],
    ["1?00", "RU", "1?00"],
    ["0301234*", "DE", "+49301234*"],
    ["*abc", "RU", null],
    ["*", "RU", null],
  ])("mask %s in %s → %s", (mask, country, stored) => expect(typedMask(mask, country)).toBe(stored));
});

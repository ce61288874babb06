/** Signs of currencies on a screen; the others go by their ISO 4217 code. */
export const currencySigns: Readonly<Record<string, string>> = {
  RUB: "₽",
  USD: "$",
  EUR: "€",
  GBP: "£",
  KZT: "₸",
  BYN: "Br",
  UAH: "₴",
  AMD: "֏",
  AZN: "₼",
  GEL: "₾",
  TRY: "₺",
  CNY: "¥",
  JPY: "¥",
};

/** ISO 4217 currencies without minor units. */
export const wholeCurrencies: ReadonlySet<string> = new Set(["JPY"]);

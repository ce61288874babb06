/** The digits that make a number: "8 (999) 000-00-01" and "+79990000001" are one. */
export function phoneKey(text: string): string {
  const digits = text.replace(/\D/g, "");
  return digits.length === 11 && digits.startsWith("8") ? `7${digits.slice(1)}` : digits.length === 10 ? `7${digits}` : digits || text.trim();
}

export const samePhone = (a: string, b: string): boolean => phoneKey(a) === phoneKey(b);

/** A misuse of a text function, with a sentence in each language. `message` is the English one. */
export class TextError extends Error {
  readonly russian: string;
  constructor(english: string, russian: string) {
    super(english);
    this.name = "TextError";
    this.russian = russian;
  }
}

/** The reason why something cannot start, in both languages, with a solution. */
export class CannotStart extends Error {
  readonly inRussian: string;

  constructor(inRussian: string, inEnglish: string) {
    super(inEnglish);
    this.inRussian = inRussian;
  }
}

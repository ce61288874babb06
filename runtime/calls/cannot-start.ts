/** Why something that was asked for does not start, in both languages, with what to do. */
export class CannotStart extends Error {
  readonly inRussian: string;

  constructor(inRussian: string, inEnglish: string) {
    super(inEnglish);
    this.inRussian = inRussian;
  }
}

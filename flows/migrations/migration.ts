/** A document as it comes from outside: nothing of it is checked yet. */
export type RawDocument = Readonly<Record<string, unknown>>;

/**
 * One step of the document's format. `up` is pure, never throws on a malformed document (it leaves what it does not
 * know), and changes nothing in a document that is already past it, so running it twice is running it once.
 */
export type Migration = {
  /** Format it reads and format it leaves. Steps released together share both numbers and run in their order. */
  from: number;
  to: number;
  title: { ru: string; en: string };
  up(document: RawDocument): RawDocument;
};

/** A list that is worked off: contacts not dialled yet, and those due again some time after they did not answer. */
export class ContactList {
  private fresh: number;
  private readonly attempts: number;
  private readonly waitS: number;
  /** In the order that they are due; those before `head` have been dialled. */
  private again: { dueAt: number; attempt: number }[] = [];
  private head = 0;

  /** `attempts` at most for each contact, `waitS` seconds of the clock (nights included) between them. */
  constructor({ contacts, attempts, waitS }: { contacts: number; attempts: number; waitS: number }) {
    this.fresh = contacts;
    this.attempts = attempts;
    this.waitS = waitS;
  }

  /** How many may be dialled now; counted no further than `most`. */
  ready(now: number, most: number): number {
    let due = this.fresh;
    for (let at = this.head; due < most && at < this.again.length && this.again[at]!.dueAt <= now; at++) due += 1;
    return due;
  }

  /** Takes the next contact, due contacts first, and returns the attempt number. */
  take(now: number): number {
    const next = this.again[this.head];
    if (next && next.dueAt <= now) {
      this.head += 1;
      if (this.head > 10_000) [this.again, this.head] = [this.again.slice(this.head), 0];
      return next.attempt;
    }
    this.fresh -= 1;
    return 1;
  }

  unanswered(attempt: number, now: number): void {
    if (attempt < this.attempts) this.again.push({ dueAt: now + this.waitS, attempt: attempt + 1 });
  }

  /** Nobody is left to dial, now or later. */
  get done(): boolean {
    return this.fresh <= 0 && this.head === this.again.length;
  }
}

/** Which window writes on a card: the first that does, until it lets go or another takes over. In memory, so a restart frees every card. */
export class CardHold {
  private holder: string | null = null;

  /** Whether this window may write; the first that asks holds the card. A program names no window and always may. */
  claim(window: string | null): boolean {
    if (this.isAnothers(window)) return false;
    this.holder ??= window;
    return true;
  }

  isAnothers(window: string | null): boolean {
    return window !== null && this.holder !== null && this.holder !== window;
  }

  take(window: string | null): void {
    this.holder = window;
  }

  release(window: string | null): void {
    if (this.holder === window) this.holder = null;
  }
}

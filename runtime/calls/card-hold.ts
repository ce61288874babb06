/** The window that edits a card: the first one, until it releases the card or another takes over. In memory, so a restart releases every card. */
export class CardHold {
  private holder: string | null = null;

  /** Whether this window may edit; the first one to ask gets the card. A program names no window and always may. */
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

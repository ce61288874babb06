type Key = Pick<KeyboardEvent, "code" | "repeat">;

/**
 * A key used as an answer must not, when held down, type into the field that the next
 * step puts the cursor in.
 */
export class TakenKeys {
  private readonly down = new Set<string>();

  take({ code }: Key): void {
    this.down.add(code);
  }

  release({ code }: Pick<Key, "code">): void {
    this.down.delete(code);
  }

  /** A repeat of a taken key; a fresh press without the release seen (the window lost the focus) is a new one. */
  swallows({ code, repeat }: Key): boolean {
    if (!repeat) this.down.delete(code);
    return repeat && this.down.has(code);
  }
}

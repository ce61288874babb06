/** A request to the store that failed; `code` is the database's own, "SQLITE_FULL". */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: string;
  constructor(message: string, code = "") {
    super(message);
    this.code = code;
  }
}

/** The statement itself is wrong, or its row is there already: the same write fails the same way tomorrow. */
const lasting = /^SQLITE_(CONSTRAINT|ERROR|MISMATCH|RANGE|TOOBIG|MISUSE|AUTH|SCHEMA)/;

/** Whether the same write may succeed later: a full disk, a file that cannot be written, a thread that is started again. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return false;
  const code = (error as { code?: unknown }).code;
  return typeof code !== "string" || !lasting.test(code);
}

/** Code when another server holds the data folder. */
export const folderHeld = "FOLDER_HELD";

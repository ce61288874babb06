/** A failed store request; `code` is the database's own code, such as "SQLITE_FULL". */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: string;
  constructor(message: string, code = "") {
    super(message);
    this.code = code;
  }
}

/** The statement is wrong or the row already exists: a retry fails the same way. */
const lasting = /^SQLITE_(CONSTRAINT|ERROR|MISMATCH|RANGE|TOOBIG|MISUSE|AUTH|SCHEMA)/;

/** Whether the same write may succeed later: a full disk, a file that cannot be written, a thread that is started again. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return false;
  const code = (error as { code?: unknown }).code;
  return typeof code !== "string" || !lasting.test(code);
}

/** Code when another server holds the data folder. */
export const folderHeld = "FOLDER_HELD";

import Database from "better-sqlite3";
import { folderHeld } from "../ports/store-error.ts";

/** Beside the database; it stays after a stop and says nothing by being there. */
const lockName = "sufler.lock";

/**
 * Holds a data folder for this server alone, as long as the connection is open. The lock is the operating system's
 * on an open file: a process that dies, however, leaves none. Throws `FolderHeld` when another server has it.
 */
export function holdFolder(folder: string): Database.Database {
  const lock = new Database(`${folder}/${lockName}`, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code?.startsWith("SQLITE_BUSY"))
      throw Object.assign(new Error("another server is using this folder"), { code: folderHeld });
    throw error;
  }
}

import { notifications } from "@mantine/notifications";
import { ApiError } from "../api/client.ts";
import { translate } from "../i18n/index.ts";

export function notifyDone(message: string): void {
  notifications.show({ message, color: "green", autoClose: 3500 });
}

/** A notification with the problem and its solution. */
export function notifyError(error: unknown, what?: string): void {
  const message = error instanceof Error ? error.message : String(error);
  const first = error instanceof ApiError ? error.body.issues?.[0]?.message : undefined;
  const detail = first && error instanceof ApiError ? `${message}` : message;
  notifications.show({ title: what ?? translate("error.title"), message: detail, color: "red", autoClose: 9000 });
}

/** Runs a button action; errors become a notification. True on success. */
export async function attempt(action: () => Promise<unknown>, done?: string, what?: string): Promise<boolean> {
  try {
    await action();
    if (done) notifyDone(done);
    return true;
  } catch (error) {
    notifyError(error, what);
    return false;
  }
}

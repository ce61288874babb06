import type { Issue } from "../../flows/schema/issue.ts";
import { currentLanguage, translate } from "../i18n/index.ts";

export type ApiErrorBody = { code: string; message?: { ru?: string; en?: string }; issues?: Issue[]; [extra: string]: unknown };

/** A server error, or no response (`offline`). The message is in the user's language with a solution. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ApiErrorBody;
  constructor(status: number, body: ApiErrorBody) {
    super(messageOf(status, body));
    this.status = status;
    this.body = body;
  }
  get code(): string {
    return this.body.code;
  }
  get offline(): boolean {
    return this.status === 0;
  }
}

function messageOf(status: number, body: ApiErrorBody): string {
  const own = body.message?.[currentLanguage()];
  if (own) return own;
  if (status === 0) return translate("error.offline");
  if (status === 404) return translate("error.notFound");
  return translate("error.server", { status });
}

type Options = { method?: string; json?: unknown; bytes?: Blob; signal?: AbortSignal; query?: Record<string, string | number | boolean | undefined | null> };

export function address(path: string, query: Options["query"] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  const text = search.toString();
  return `/api${path}${text ? `?${text}` : ""}`;
}

let ownId: string | null = null;

/** Identifies this window to the desk, so that only one window edits a card; a reload keeps the name. */
export function windowId(): string {
  ownId ??= sessionStorage.getItem("sufler.window") ?? crypto.randomUUID();
  sessionStorage.setItem("sufler.window", ownId);
  return ownId;
}

/** The only code in the editor that calls the server. Rejects with ApiError only. */
export async function request<T>(path: string, options: Options = {}): Promise<T> {
  const { method = options.json === undefined && !options.bytes ? "GET" : "POST", json, bytes, signal, query } = options;
  const headers: Record<string, string> = { "sufler-desk": windowId() };
  if (json !== undefined) headers["content-type"] = "application/json";
  if (bytes) headers["content-type"] = bytes.type || "audio/wav";
  const body = bytes ?? (json === undefined ? null : JSON.stringify(json));
  const response = await fetch(address(path, query), { method, headers, body, ...(signal ? { signal } : {}) }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, { code: "offline" });
  });
  if (!response.ok) throw new ApiError(response.status, await errorOf(response));
  if (response.status === 204) return undefined as T;
  return (await response.json().catch(() => {
    throw new ApiError(response.status, { code: "not-json" });
  })) as T;
}

async function errorOf(response: Response): Promise<ApiErrorBody> {
  const parsed = (await response.json().catch(() => null)) as { error?: ApiErrorBody } | null;
  return parsed?.error?.code ? parsed.error : { code: `http-${response.status}` };
}

export const part = encodeURIComponent;

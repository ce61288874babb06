import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../runtime/config.ts";
import { startSufler, type Running } from "../runtime/main.ts";

export type TestServer = Running & {
  data: string;
  logged: string[];
  /** JSON request to the API; throws with the body when the status is not the expected one. */
  api<T = Record<string, unknown>>(method: string, path: string, body?: unknown, status?: number): Promise<T>;
};

/** A whole Sufler in this process: free ports, a data folder of its own, the tone voice. */
export async function startTestServer(overrides: Partial<Config> = {}): Promise<TestServer> {
  const data = overrides.data ?? (await mkdtemp(join(tmpdir(), "sufler-")));
  const logged: string[] = [];
  const config: Config = {
    httpPort: 0,
    sipPort: 0,
    rtpPorts: [0, 0],
    bind: "127.0.0.1",
    data,
    maxCalls: 50,
    zone: "Europe/Moscow",
    country: "RU",
    behindProxy: false,
    openSip: false,
    demo: true,
    voice: "tone",
    trunks: [],
    // Servers of someone else are on this machine in tests.
    allowHosts: ["127.0.0.1", "localhost"],
    ...overrides,
  };
  const running = await startSufler(config, (message) => void logged.push(message));
  return {
    ...running,
    data,
    logged,
    async api<T>(method: string, path: string, body?: unknown, status?: number): Promise<T> {
      const response = await fetch(`${running.url}${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const expected = status === undefined ? response.ok : response.status === status;
      if (!expected) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
      return (response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text) as T;
    },
    async stop() {
      await running.stop();
      if (!overrides.data) await rm(data, { recursive: true, force: true });
    },
  };
}

import { expect, test } from "vitest";
import { ConfigError, readConfig, resolveBind } from "../../runtime/config.ts";

const config = (bind: string) => readConfig({ SUFLER_BIND: bind, SUFLER_CONFIG: "" });

test("a name to listen on is loopback only when it resolves so", async () => {
  expect((await resolveBind(config("localhost"))).bind).toMatch(/^127\.|^::1$/);
  await expect(resolveBind(config("no-such-name.invalid"))).rejects.toThrow(ConfigError);
  // Names that begin like a loopback address are none.
  await expect(resolveBind(config("127.evil.invalid"))).rejects.toThrow(/not an address or host name/);
  expect(() => config("10.0.0.1")).toThrow(/SUFLER_PASSWORD/);
  expect(config("127.0.0.5").bind).toBe("127.0.0.5");
});

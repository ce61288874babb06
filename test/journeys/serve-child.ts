import { ConfigError, readConfig } from "../../runtime/config.ts";
import { startSufler } from "../../runtime/main.ts";

/** The product as a process of its own, for tests that kill it. Prints one line of JSON when it is up. */
try {
  const running = await startSufler(readConfig());
  console.log(JSON.stringify({ url: running.url, sip: running.sip, recovered: running.recovered }));
  process.on("SIGTERM", () => void running.stop().finally(() => process.exit(0)));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}

/** The whole product in a process of its own: tells its addresses to the parent and stops when the parent goes. */
import { startSufler } from "../../../runtime/main.ts";

const [data = "", more = "{}"] = process.argv.slice(2);
const running = await startSufler({
  httpPort: 0,
  sipPort: 0,
  rtpPorts: [0, 0],
  bind: "127.0.0.1",
  data,
  maxCalls: 5_000,
  zone: "Europe/Moscow",
  country: "RU",
  behindProxy: false,
  openSip: false,
  demo: process.env["SUFLER_BENCH_DEMO"] === "1",
  voice: "tone",
  trunks: [],
  ...(JSON.parse(more) as object),
});
process.send?.({ url: running.url, sip: running.sip });
let stopping = false;
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  void running.stop().finally(() => process.exit(0));
};
process.on("disconnect", stop);
process.on("SIGTERM", stop);

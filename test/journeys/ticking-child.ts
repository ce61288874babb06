import { createInterface } from "node:readline";
import { performance } from "node:perf_hooks";
import { readConfig } from "../../runtime/config.ts";
import { startSufler } from "../../runtime/main.ts";

/**
 * The product with a watch on its main thread: a line on stdin answers with the longest time in which the thread did
 * nothing else since the last line, and with the time that a fixed piece of work takes here and now.
 */
const running = await startSufler(readConfig());
console.log(JSON.stringify({ url: running.url, sip: running.sip, recovered: running.recovered }));
let longest = 0;
let last = performance.now();
const tick = (): void => {
  const now = performance.now();
  longest = Math.max(longest, now - last);
  last = now;
};
setInterval(tick, 1);
createInterface({ input: process.stdin }).on("line", () => {
  tick();
  const held = longest;
  const before = performance.now();
  let sum = 0;
  for (let n = 0; n < 20_000_000; n++) sum = (sum + n * 31) % 1_000_003;
  const unit = performance.now() - before;
  last = performance.now();
  longest = 0;
  console.log(JSON.stringify({ held, unit, sum }));
});
process.on("SIGTERM", () => void running.stop().finally(() => process.exit(0)));

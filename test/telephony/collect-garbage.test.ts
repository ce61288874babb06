import { expect, test } from "vitest";
import { collectGarbage } from "../../runtime/telephony/sip/threads/collect-garbage.ts";

test("what nobody holds any more is given back", async () => {
  const gone = new WeakRef({ of: Array.from({ length: 1_000 }, () => 1) });
  // A WeakRef holds on until the end of its turn.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(gone.deref()).toBeUndefined();
});

import { directory } from "./directory.ts";
import { form } from "./form.ts";
import { input } from "./input.ts";
import { objections } from "./objections.ts";
import { offer } from "./offer.ts";
import { record } from "./record.ts";
import { say } from "./say.ts";
import { show } from "./show.ts";
import { speech } from "./speech.ts";
import { wait } from "./wait.ts";
import type { Waiter } from "./waiter.ts";
import { world } from "./world.ts";

/** Every kind of waiting, by name. */
export const waiters = { say, input, speech, form, directory, record, wait, world, show, objections, offer };
export type WaiterName = keyof typeof waiters;

/** The reducer of a waiting kind without its types: args and state are JSON in the machine's context. */
export function waiterOf(name: WaiterName): Waiter<unknown, unknown> {
  return waiters[name] as unknown as Waiter<unknown, unknown>;
}

import type { Value } from "../schema/values.ts";
import type { Waiter } from "./waiter.ts";

export type OfferArgs = { offers: { value: string; fits: Value; say: string }[]; accept: string; decline: string; saveAs: string };

/** Shows the first offer that matches the known data; leaves by `none` if none does. */
export const offer: Waiter<OfferArgs, { value: string }> = {
  begin(args, view) {
    const fitting = args.offers.find((each) => each.fits === true);
    if (!fitting) return { state: { value: "" }, acts: {}, due: null, ahead: view.ahead, exit: "none" };
    const answers = [
      { value: "accepted", label: args.accept },
      { value: "declined", label: args.decline },
    ];
    const step = { kind: "step" as const, say: fitting.say, instruction: "", know: "", fields: [], answers, values: {} };
    return { state: { value: fitting.value }, acts: { [view.id]: { do: "show", step } }, due: null, ahead: view.ahead };
  },
  feed(args, state, acts, event, view) {
    if (event.type !== "choose" || event.id !== view.id) return null;
    const rest = { state, due: null, ahead: view.ahead };
    if (event.answer !== "accepted" && event.answer !== "declined") {
      return { ...rest, acts, lines: [{ kind: "note", data: { rejected: event.answer, reason: "unknown-answer" } }] };
    }
    return { ...rest, acts: {}, exit: event.answer, values: { [args.saveAs]: state.value, [`${args.saveAs}Answer`]: event.answer } };
  },
  partial: (args, state) => (state.value ? { [args.saveAs]: state.value } : undefined),
};

import type { ShownStep } from "../commands.ts";
import type { Value } from "../schema/values.ts";
import type { Turn, Waiter, WaitView } from "./waiter.ts";

export type ObjectionsArgs = {
  say: string;
  options: { value: string; label: string; answer: string }[];
  agreed: string;
  refused: string;
  /** After this many answers, only agreed and refused are left. */
  most: number;
  saveAs: string;
};
export type ObjectionsState = { met: string[] };

/** Objection handling: an objection shows its answer until the customer agrees or refuses. All objections are recorded. */
export const objections: Waiter<ObjectionsArgs, ObjectionsState> = {
  begin: (args, view) => shown(args, { met: [] }, view),
  feed(args, state, _acts, event, view) {
    if (event.type !== "choose" || event.id !== view.id) return null;
    if (event.answer === "agreed" || event.answer === "refused") {
      return { state, acts: {}, due: null, ahead: view.ahead, exit: event.answer, values: { [args.saveAs]: met(state, event.answer) } };
    }
    const known = state.met.length < args.most && args.options.some((option) => option.value === event.answer);
    if (!known) return { ...shown(args, state, view), lines: [{ kind: "note", data: { rejected: event.answer, reason: "unknown-answer" } }] };
    return { ...shown(args, { met: [...state.met, event.answer] }, view), lines: [{ kind: "note", data: { objection: event.answer } }] };
  },
  partial: (args, state) => (state.met.length > 0 ? { [args.saveAs]: met(state, "") } : undefined),
};

/** Each objection with whether its answer won the client. */
const met = ({ met: values }: ObjectionsState, end: string): Value =>
  values.map((objection, index) => ({ objection, won: end === "agreed" && index === values.length - 1 }));

function shown(args: ObjectionsArgs, state: ObjectionsState, view: WaitView): Turn<ObjectionsState> {
  const last = args.options.find((option) => option.value === state.met.at(-1));
  const left = state.met.length < args.most ? args.options : [];
  const answers = [
    { value: "agreed", label: args.agreed },
    ...left.filter((option) => option.value !== last?.value).map(({ value, label }) => ({ value, label })),
    { value: "refused", label: args.refused },
  ];
  const step: ShownStep = { kind: "step", say: last?.answer ?? args.say, instruction: "", know: last?.label ?? "", fields: [], answers, values: {} };
  return { state, acts: { [view.id]: { do: "show", step } }, due: null, ahead: view.ahead };
}

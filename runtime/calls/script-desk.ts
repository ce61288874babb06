import { CannotStart } from "./cannot-start.ts";
import type { StartInput } from "../../flows/compile/context.ts";
import { namesIn } from "../../flows/language/index.ts";
import type { Value } from "../../flows/schema/values.ts";
import type { CallDeps } from "./call-registry.ts";
import { NotKept } from "./not-kept.ts";
import { runScript, type ScriptRun } from "./run-script.ts";

export type ScriptDesk = {
  /** Starts a published script. Throws an Error with the reason. */
  begin(plan: { flow: string; operator: string; caller: string; inputs: Record<string, Value> }): Promise<ScriptRun>;
  get(id: string): ScriptRun | undefined;
  all(): ScriptRun[];
  /** Restores runs interrupted by a restart from their journals. */
  recover(): Promise<number>;
};

/** The scripts on operators' desks. A finished run stays readable for a minute. */
export function scriptDesk(deps: CallDeps): ScriptDesk {
  const runs = new Map<string, ScriptRun>();
  const keep = (run: ScriptRun) => {
    runs.set(run.call.id, run);
    void run.ended.then(() => deps.clock.after(60_000, () => runs.delete(run.call.id)));
    return run;
  };
  return {
    async begin({ flow: id, operator, caller, inputs }) {
      if (deps.kept.state().failing) throw new NotKept();
      const version = await deps.store.flows.alias(id, "live");
      const compiled = version === null ? null : await deps.machines.get(id, version);
      if (!compiled || version === null) throw new CannotStart(`сначала опубликуйте скрипт «${id}»`, `publish script "${id}" first`);
      if (compiled.flow.kind !== "script") throw new CannotStart(`«${id}» — не скрипт оператора`, `"${id}" is not an operator script`);
      const at = deps.clock.now();
      const call = {
        id: deps.ids.next(),
        flow: id,
        version,
        kind: "script",
        direction: "desk" as const,
        caller,
        dialled: "",
        sipCallId: "",
        startedAt: at,
        operator,
        attempt: null,
      };
      const input: StartInput = {
        at,
        zone: deps.zone,
        country: deps.country,
        inputs,
        call: { id: call.id, direction: "desk", dialled: "" },
        caller: { number: caller },
        operator: operatorOf(operator),
        calendars: await deps.store.calendars.all(),
      };
      const run = keep(runScript({ call, ...compiled, input }, deps));
      await run.kept();
      return run;
    },
    get: (id) => runs.get(id),
    all: () => [...runs.values()],
    async recover() {
      let back = 0;
      for (const row of await deps.store.calls.unfinished()) {
        if (row.kind !== "script") continue;
        const compiled = await deps.machines.get(row.flow, row.version);
        const lines = await deps.store.calls.journal(row.id);
        const input = lines[0]?.data?.["start"] as unknown as StartInput | undefined;
        if (!compiled || !input) continue;
        keep(runScript({ call: row, ...compiled, input }, deps, lines));
        back += 1;
      }
      return back;
    },
  };
}

/** The operator for texts: «я рада» or «я рад» depends on the gender of the name; empty if unknown. */
function operatorOf(name: string): Record<string, Value> {
  return { name, gender: namesIn("ru").genderOf(name) ?? namesIn("en").genderOf(name) ?? "" };
}

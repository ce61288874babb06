import { faultCodes, type FaultCode } from "../events.ts";
import type { CallResult } from "../result.ts";
import type { Value } from "../schema/values.ts";
import type { Given, ServiceAnswer } from "./conversation.ts";

/** What a replier says: an exit, a value, and after how long. */
export type Answered = { exit: string; value?: Value; delayMs?: number; fault?: FaultCode; result?: CallResult; joinedMs?: number; talkMs?: number };

type Script = { answers: Given["services"]; used: Record<string, number>; consulted: string[] };

/** The next scripted answer of a service, or null; of a list, the last one stays. */
export function scripted(name: string, script: Script): ServiceAnswer | null {
  script.consulted.push(name);
  const given = Object.hasOwn(script.answers, name) ? script.answers[name] : undefined;
  if (!given) return null;
  if (!Array.isArray(given)) return given;
  const index = script.used[name] ?? 0;
  script.used[name] = index + 1;
  return given[Math.min(index, given.length - 1)]!;
}

/** The scripted answer by name, or by a more general name, or `otherwise`. */
export function answered(name: string, script: Script, otherwise: Answered, general = name): Answered {
  return answeredBy([name, general], script, otherwise);
}

/** The scripted answer of the first of these names that the conversation knows, or `otherwise`. */
export function answeredBy(names: readonly string[], script: Script, otherwise: Answered): Answered {
  const name = names.find((each) => Object.hasOwn(script.answers, each));
  if (name === undefined) script.consulted.push(...names);
  const answer = name === undefined ? null : scripted(name, script);
  if (!answer) return otherwise;
  const fault = faultCodes.find((code) => code === answer.fault);
  return {
    exit: answer.exit ?? otherwise.exit,
    delayMs: answer.delay === undefined ? (otherwise.delayMs ?? 0) : answer.delay * 1000,
    ...(answer.value === undefined ? (otherwise.value === undefined ? {} : { value: otherwise.value }) : { value: answer.value }),
    ...(answer.talk === undefined ? {} : { talkMs: answer.talk * 1000 }),
    ...(fault ? { fault } : {}),
  };
}

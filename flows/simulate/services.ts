import type { Command } from "../commands.ts";
import { faultCodes, type CallEvent, type Fault } from "../events.ts";
import type { CallResult } from "../result.ts";
import type { Given, ServiceAnswer } from "./conversation.ts";
import { momentOf } from "../strategy/moment-of.ts";
import { nextAttempt, type PastAttempt } from "../strategy/next-attempt.ts";
import { dataRepliers } from "./data-replies.ts";
import { answered, scripted, type Answered } from "./scripted-answers.ts";
import { storedWorld, type StoredWorld } from "./stored-world.ts";

/** The scripted environment: responses by service name; lists, tables and other data in memory. */
export type Services = StoredWorld & {
  answers: Given["services"];
  lists: Given["lists"];
  used: Record<string, number>;
  /** IANA zone of the flow's clock. */
  zone: string;
  /** Attempts dialled so far (strategies). */
  attempts: PastAttempt[];
  /** Names under which answers were looked up, in order. */
  consulted: string[];
  /** The scripted fault of a part of the environment without its own command, or null. */
  fault(name: string): Fault | null;
};

/** The environment of one run; nothing is shared between runs. */
export function scriptedServices(given: Given): Services {
  const services: Services = {
    ...storedWorld(given),
    answers: { ...given.services },
    lists: structuredCopy(given.lists),
    used: {},
    consulted: [],
    attempts: [],
    zone: given.zone,
    fault(name) {
      const scriptedFault = scripted(name, services)?.fault;
      const code = faultCodes.find((each) => each === scriptedFault);
      return code ? { code, message: "scripted by the conversation" } : null;
    },
  };
  return services;
}

const structuredCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

type Reply = { event: CallEvent; after: number; /** Told before the reply: caller and operator were joined. */ connectedAfter?: number };

/** The response of a scripted environment to a command, and its delay in milliseconds. Unscripted: success. */
export function replyTo(command: Command, id: string, at: number, services: Services): Reply {
  const reply = repliers[command.do] as ((command: never, services: Services, at: number) => Answered) | undefined;
  const { exit, value, delayMs = 0, fault, result, joinedMs } = reply?.(command as never, services, at) ?? answered(command.do, services, { exit: "next" });
  const event: CallEvent = {
    type: "reply",
    at,
    id,
    exit,
    ...(value === undefined ? {} : { value }),
    ...(result ? { result } : {}),
    ...(fault ? { fault: { code: fault, message: "scripted by the conversation" } } : {}),
  };
  return { event, after: delayMs, ...(joinedMs === undefined ? {} : { connectedAfter: joinedMs }) };
}

/** Duration of a simulated conversation with an operator, and with the target of a transfer. */
const talkMs = 60_000;
const bridgeTalkMs = 15_000;
/** How long a transfer rings before it is answered, and when it is not. */
const answerMs = 5_000;
const vainRingMs = 20_000;
const unsaid = -1;

/** Caller and person are joined after the delay of the answer; the command is over when their talk is. */
function joined(reply: Answered, talk: number): Answered {
  const wait = reply.delayMs ?? 0;
  return { ...reply, joinedMs: wait, delayMs: wait + (reply.talkMs ?? talk) };
}

const repliers: { [D in Command["do"]]?: (command: Extract<Command, { do: D }>, services: Services, at: number) => Answered } = {
  http(command, services) {
    const answer: ServiceAnswer = scripted(command.service, services) ?? { status: 200, body: {} };
    const fault = faultCodes.find((code) => code === answer.fault);
    if (fault === "timeout" || (answer.delay ?? 0) * 1000 >= command.timeoutMs) return { exit: "timeout", delayMs: command.timeoutMs };
    const status = answer.status ?? 200;
    const exit = status < 400 ? "ok" : status < 500 ? "clientError" : "serverError";
    return { exit: answer.exit ?? exit, value: answer.body ?? null, delayMs: (answer.delay ?? 0) * 1000, ...(fault ? { fault } : {}) };
  },
  ...dataRepliers,
  bridge(_command, services) {
    const reply = answered("bridge", services, { exit: "ok", delayMs: unsaid });
    const rang = (ms: number): Answered => (reply.delayMs === unsaid ? { ...reply, delayMs: ms } : reply);
    return reply.fault || reply.exit !== "ok" ? rang(vainRingMs) : joined(rang(answerMs), bridgeTalkMs);
  },
  refer: (_command, services) => answered("refer", services, { exit: "ok", delayMs: 500 }),
  queue(command, services) {
    const reply = answered(`queue:${command.queue}`, services, { exit: "answered", value: { operator: "demo" }, delayMs: 20_000 }, "queue");
    if (reply.fault || reply.exit !== "answered") return { ...reply, delayMs: Math.min(reply.delayMs ?? 0, command.maxWaitMs) };
    if ((reply.delayMs ?? 0) >= command.maxWaitMs) return { exit: "timeout", delayMs: command.maxWaitMs };
    return joined(reply, talkMs);
  },
  queueStatus: (command, services) =>
    answered(`queue-status:${command.queue}`, services, { exit: "ok", value: { open: true, staffed: 3, waiting: 0, longest: 0, ewt: 10 } }, "queue-status"),
  callback: (command, services) => answered("callback", services, { exit: "scheduled", value: { number: command.number, at: command.at } }),
  amd: (command, services) => answered("amd", services, { exit: "human", value: "human", delayMs: Math.min(2_500, command.maxMs) }),
  connect(command, services) {
    const reply = answered(`connect:${command.queue}`, services, { exit: "completed", value: { operator: "demo" }, delayMs: unsaid }, "connect");
    if (reply.delayMs !== unsaid) return reply;
    return { ...reply, delayMs: reply.fault ? 0 : reply.exit === "abandoned" ? command.maxWaitMs : talkMs };
  },
  schedule: (command, services, at) => answered("schedule", services, scheduled(command, services, at)),
  dial(command, services, at) {
    const reply = dialled(command, services);
    if (!reply.fault) services.attempts.push({ outcome: reply.exit, endedAt: at + (reply.delayMs ?? 0) });
    return reply;
  },
};

/** The next attempt by the same rule as in a campaign; a moment in the past is now. */
function scheduled(command: Extract<Command, { do: "schedule" }>, services: Services, at: number): Answered {
  if (command.mode === "delay") return { exit: "next", delayMs: command.minutes * 60_000 };
  if (command.mode === "time") {
    const moment = momentOf(command.at, services.zone);
    return moment === null ? { exit: "error", fault: "bad-value" } : { exit: "next", delayMs: Math.max(0, moment - at) };
  }
  const next = nextAttempt(services.attempts, { rules: command.rules, maxAttempts: command.maxAttempts }, at);
  return "exhausted" in next ? { exit: "exhausted" } : { exit: "next", delayMs: Math.max(0, next.at - at) };
}

function dialled(command: Extract<Command, { do: "dial" }>, services: Services): Answered {
  const answer = scripted("dial", services);
  const fault = faultCodes.find((code) => code === answer?.fault);
  if (fault) return { exit: "error", fault };
  const reply = answered("", services, { exit: answer?.exit ?? "answered", value: answer?.exit ?? "answered", delayMs: (answer?.delay ?? 8) * 1000 });
  if (reply.exit !== "answered" || !command.flow) return reply;
  return { ...reply, result: runResult(answer) };
}

function runResult(answer: ServiceAnswer | null): CallResult {
  return {
    ended: answer?.ended ?? "flow",
    outcome: answer?.outcome ?? null,
    disposition: null,
    result: answer?.result ?? {},
    path: [],
    recordings: [],
    said: [],
    faults: [],
    q850: null,
    sipStatus: null,
  };
}

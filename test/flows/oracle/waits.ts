import type { CallEvent } from "../../../flows/events.ts";

/** What the oracle keeps of one waiting node. Written apart from `flows/waiting`, from the rules of waiting. */
export type Wait = {
  /** Its place among all that was asked. */
  order: number;
  exits: string[];
  /** Commands under way: id → verb. */
  acts: Record<string, string>;
  due: number | null;
  /** Set when it is over. */
  exit: string | null;
  faulted: boolean;
  code: string;
  media: boolean;
  saved: Record<string, unknown>;
  /** A person is still looked for: a hang-up now leaves by `abandoned`. */
  searching: boolean;
  /** A question that has this digit among its keys. */
  wants(digit: string): boolean;
  feed(event: CallEvent, world: World): boolean;
  partial(at: number): Record<string, unknown>;
};
export type World = { ahead: string; swallow: { digit: string; until: number; habit?: true } | null; keepSwallow: boolean; vars: Record<string, unknown> };
type Config = Record<string, unknown>;
type Begin = (config: Config, exits: string[], id: string, at: number, world: World) => Wait;

const base = (exits: string[], media: boolean): Wait => ({
  order: 0,
  exits,
  acts: {},
  due: null,
  exit: null,
  faulted: false,
  code: "",
  media,
  saved: {},
  searching: false,
  wants: () => false,
  feed: () => false,
  partial: () => ({}),
});

function over(wait: Wait, exit: string): true {
  wait.exit = exit;
  wait.acts = {};
  wait.due = null;
  return true;
}

function failed(wait: Wait, event: Extract<CallEvent, { type: "reply" }>): true {
  wait.faulted = true;
  wait.code = event.fault!.code;
  return over(wait, "error");
}

/** Plays `items` prompts once. */
const say: Begin = (config, exits, id, _at, world) => {
  const bargeIn = config["bargeIn"] !== false;
  const wait = base(exits, true);
  if (bargeIn && world.ahead !== "") {
    over(wait, "next");
    wait.media = false;
    return wait;
  }
  wait.acts = { [id]: "play" };
  wait.feed = (event) => {
    if (event.type === "played" && event.id === id) return over(wait, "next");
    if (event.type === "reply" && event.id === id && event.fault) return failed(wait, event);
    if (event.type !== "digit" || event.leg !== "A") return false;
    world.ahead += event.digit;
    return bargeIn ? over(wait, "next") : true;
  };
  return wait;
};

const pause: Begin = (config, exits, _id, at) => {
  const wait = base(exits, false);
  wait.due = at + Number(config["seconds"]) * 1000;
  wait.feed = (event) => event.type === "tick" && over(wait, "next");
  return wait;
};

const world =
  (verb: string, media: boolean, deaf: boolean): Begin =>
  (_config, exits, id) => {
    const wait = base(exits, media);
    wait.acts = { [id]: verb };
    wait.feed = (event) => {
      if (event.type === "digit") return deaf;
      if (event.type !== "reply" || event.id !== id) return false;
      return event.fault ? failed(wait, event) : over(wait, event.exit);
    };
    return wait;
  };

/** Rings somebody, then the two talk: told apart by `connected`, and both are timed. */
const bridge: Begin = (config, exits, id, at, outside) => {
  const wait = world("bridge", true, true)(config, exits, id, at, outside);
  const { feed } = wait;
  let joinedAt: number | null = null;
  const told = (now: number) => {
    const answered = joinedAt ?? now;
    const came = { joined: joinedAt !== null, waitSeconds: Math.round((answered - at) / 1000), talkSeconds: Math.round((now - answered) / 1000) };
    return { [String(config["saveAs"])]: came };
  };
  wait.searching = true;
  wait.partial = told;
  wait.feed = (event, around) => {
    if (event.type === "connected" && event.id === id) {
      joinedAt = event.at;
      wait.searching = false;
      return true;
    }
    const taken = feed(event, around);
    if (wait.exit !== null) wait.saved = told(event.at);
    return taken;
  };
  return wait;
};

type Judge = (digits: string, digit: string) => "more" | "invalid" | { exit: string; value: string };

/** Menu and collect-digits, as one conversation: ask, listen, judge, ask again. */
function input(config: Config, exits: string[], id: string, at: number, outside: World, judge: Judge, keepsDigits: boolean): Wait {
  const wait = base(exits, true);
  const attempts = Number(config["attempts"] ?? 3);
  const saveAs = String(config["saveAs"] ?? "");
  let attempt = 1;
  let digits = "";
  let plays = 0;
  let asking = false;
  const ask = () => {
    asking = true;
    wait.due = null;
    wait.acts = { [`${id}.${++plays}`]: "play" };
  };
  const lost = (why: string): true => {
    outside.ahead = "";
    if (attempt >= attempts) return over(wait, why);
    attempt++;
    digits = "";
    ask();
    return true;
  };
  const listen = (now: number) => {
    asking = false;
    wait.acts = {};
    wait.due = now + (digits === "" ? 5000 : 3000);
  };
  const take = (typed: string, now: number): true => {
    for (let i = 0; i < typed.length; i++) {
      const verdict = judge(digits, typed[i]!);
      if (verdict === "more") {
        digits += typed[i];
        continue;
      }
      if (verdict === "invalid") {
        digits += typed[i];
        return lost("invalid");
      }
      return accept(verdict, typed.slice(i + 1), typed[i]!, now);
    }
    listen(now);
    return true;
  };
  const accept = (verdict: { exit: string; value: string }, rest: string, last: string, now: number): true => {
    // A number that is full without its terminator: the terminator, should it come, belongs to it.
    const full = keepsDigits && last !== "" && last !== "#";
    // Many add a # to the key of a menu: it is dropped unless the next question takes it.
    if (!keepsDigits && last !== "" && last !== "#" && (rest === "" || rest.startsWith("#"))) {
      outside.swallow = { digit: "#", until: now + 3000, habit: true };
      outside.keepSwallow = true;
    }
    outside.ahead = full && rest.startsWith("#") ? rest.slice(1) : rest;
    if (full && rest === "") {
      outside.swallow = { digit: "#", until: now + 3000 };
      outside.keepSwallow = true;
    }
    if (saveAs) wait.saved = { [saveAs]: verdict.value };
    return over(wait, verdict.exit);
  };
  wait.feed = (event) => {
    if (event.type === "played" && event.id in wait.acts) {
      if (outside.ahead === "") {
        listen(event.at);
        return true;
      }
      const typed = outside.ahead;
      outside.ahead = "";
      return take(typed, event.at);
    }
    if (event.type === "reply" && event.id in wait.acts && event.fault) return failed(wait, event);
    if (event.type === "tick") {
      if (digits === "") return lost("noInput");
      const verdict = judge(digits, "");
      return typeof verdict === "string" ? lost("invalid") : accept(verdict, "", "", event.at);
    }
    return event.type === "digit" && event.leg === "A" ? take(event.digit, event.at) : false;
  };
  wait.partial = () => (keepsDigits && digits !== "" && saveAs ? { [saveAs]: digits } : {});
  if (outside.ahead === "") ask();
  else {
    const typed = outside.ahead;
    outside.ahead = "";
    take(typed, at);
  }
  wait.media = asking && wait.exit === null;
  return wait;
}

/** `digit` "" asks what the digits so far mean when nothing more comes. */
const menuJudge =
  (choices: { key: string; value?: string }[]): Judge =>
  (digits, digit) => {
    const typed = digits + digit;
    const exact = choices.find((item) => item.key === typed);
    const longer = digit !== "" && choices.some((item) => item.key.startsWith(typed) && item.key !== typed);
    if (longer) return "more";
    if (exact) return { exit: exact.key, value: exact.value || exact.key };
    const before = digit === "#" ? choices.find((item) => item.key === digits) : undefined;
    return before ? { exit: before.key, value: before.value || before.key } : "invalid";
  };

const digitsJudge =
  (min: number, max: number): Judge =>
  (digits, digit) => {
    const typed = digit === "#" ? digits : digits + digit;
    const closed = digit === "" || digit === "#" || typed.length >= max;
    if (!closed) return "more";
    return typed.length >= min ? { exit: "ok", value: typed } : "invalid";
  };

const begins: Record<string, Begin> = {
  say,
  apology: (_config, exits, id, at, outside) => say({ bargeIn: false }, exits, id, at, outside),
  wait: pause,
  http: world("http", false, false),
  hangup: world("hangup", true, true),
  menu: (config, exits, id, at, outside) => input(config, exits, id, at, outside, menuJudge(config["choices"] as { key: string }[]), false),
  "collect-digits": (config, exits, id, at, outside) => {
    const min = Number(config["min"] ?? 1);
    return input(config, exits, id, at, outside, digitsJudge(min, Math.max(min, Number(config["max"] ?? 10))), true);
  },
};

/** Begins what a node waits for; null when its prompt cannot be rendered. */
export function beginWait(type: string, config: Config, exits: string[], nextId: () => string, at: number, outside: World): Wait | null {
  if (config["prompt"] === "broken") return null;
  const begin = type === "transfer" ? (config["mode"] === "blind" ? world("refer", true, true) : bridge) : begins[type];
  if (!begin) throw new Error(`the oracle does not know "${type}"`);
  const id = nextId();
  const wants = wantsOf(type, config);
  if (outside.swallow?.habit && outside.ahead.startsWith("#")) {
    if (!wants("#")) outside.ahead = outside.ahead.slice(1);
    outside.swallow = null;
  }
  const wait = begin(config, exits, id, at, outside);
  wait.wants = wants;
  return wait;
}

/** A menu wants its keys, a number that may be empty the # that says so. */
function wantsOf(type: string, config: Config): (digit: string) => boolean {
  if (type === "menu") return (digit) => (config["choices"] as { key: string }[]).some((item) => item.key.startsWith(digit));
  return (digit) => type === "collect-digits" && digit === "#" && Number(config["min"] ?? 1) === 0;
}

/** A loop that has gone on for long decides in a step of its own, due at once. */
export function pausedLoop(exits: string[], at: number, decideNow: () => { exit: string; faulted: boolean; code: string }): Wait {
  const wait = base(exits, false);
  wait.due = at;
  wait.feed = (event) => {
    if (event.type !== "tick") return false;
    Object.assign(wait, decideNow());
    wait.due = null;
    return true;
  };
  return wait;
}

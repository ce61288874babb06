import { parseArgs } from "node:util";
import { momentOf } from "../../flows/strategy/moment-of.ts";
import { nowParts } from "../../flows/language/zoned.ts";
import { renderSample } from "../../flows/expressions/sample.ts";
import { TextError } from "../../flows/expressions/text-error.ts";
import type { Language } from "../../flows/language/index.ts";
import { limits } from "../../flows/schema/limits.ts";
import { readLines } from "./read-lines.ts";

type Given = Record<string, unknown>;
type Request = { text: string; language: Language; vars: Given };
type Answer = { text: string; said?: string; shown?: string; error?: string };
type Defaults = { language: Language; vars: Given; now: Given; zone: string };

const lineBytes = 256 * 1024;
const mostLines = 100_000;

/** `sufler text`: prints the said and shown forms of a text with `{{ CEL }}`. Exit code 1 if a text has an error. */
export const command = {
  usage: `text ["text with {{ CEL }}"] [--lang ru|en] [--vars JSON] [--now ISO] [--zone IANA] [--json]   (without text: reads lines of text or JSON {text, lang?, vars?} from standard input)`,
  examples: [`text "К оплате {{ money(total, 'RUB') }}" --vars '{"total":21.5}'`, `text "{{ time('2026-12-31T23:30:00Z') }}" --lang en --zone Europe/Moscow`],
  async run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        lang: { type: "string", default: "ru" },
        vars: { type: "string", default: "{}" },
        now: { type: "string" },
        zone: { type: "string", default: "Europe/Moscow" },
        json: { type: "boolean", default: false },
      },
    });
    if (positionals.length > 1) throw new Error("specify one text in quotes, or send several texts to standard input, one per line");
    const defaults = { language: readLanguage(values.lang), vars: readMap(values.vars, "--vars"), now: readNow(values.now, values.zone), zone: values.zone };
    const [text] = positionals;
    if (text !== undefined) return print(answer({ text, ...defaults }, defaults), values.json) ? 0 : 1;
    if (process.stdin.isTTY) throw new Error('specify a text, for example sufler text "{{ ordinal(3) }}", or send lines to standard input');
    return answerLines(defaults, values.json);
  },
};

async function answerLines(defaults: Defaults, json: boolean): Promise<number> {
  let failed = false;
  for await (const line of readLines(process.stdin, lineBytes)) {
    if (line.number > mostLines) {
      console.error(`sufler text: only the first ${mostLines} lines were read; send the rest separately`);
      return 1;
    }
    if ("text" in line && line.text.trim() === "") continue;
    const result = "tooLong" in line ? { text: "", error: `the line is longer than ${lineBytes} bytes` } : answerLine(line.text, defaults);
    failed = !print(result, json, `line ${line.number}: `) || failed;
  }
  return failed ? 1 : 0;
}

function answerLine(line: string, defaults: Defaults): Answer {
  try {
    return answer(readRequest(line, defaults), defaults);
  } catch (error) {
    return { text: line, error: reason(error, defaults.language) };
  }
}

/** A line that begins with one brace is JSON; `{{` begins a text. */
function readRequest(line: string, defaults: Defaults): Request {
  if (!/^\s*\{(?!\{)/.test(line)) return { text: line, ...defaults };
  const map = readMap(line, "a line");
  if (typeof map["text"] !== "string") throw new Error('a JSON line needs the string "text"');
  const language = map["lang"] === undefined ? defaults.language : readLanguage(map["lang"]);
  const vars = map["vars"] === undefined ? {} : asMap(map["vars"], '"vars"');
  return { text: map["text"], language, vars: { ...defaults.vars, ...vars } };
}

function answer({ text, language, vars }: Request, { now, zone }: Pick<Defaults, "now" | "zone">): Answer {
  try {
    if (text.length > limits.textLength) throw new Error(`the text is longer than ${limits.textLength} characters`);
    return { text, ...renderSample(text, language, vars, now, zone) };
  } catch (error) {
    return { text, error: reason(error, language) };
  }
}

const says: [RegExp, (found: string) => string][] = [
  [/Unknown variable: (\S+)/, (name) => `нет имени «${name}»: дайте его в --vars`],
  [/No such key: (\S+)/, (name) => `нет «${name}»; если его может не быть, напишите orElse(…, "…")`],
];

function reason(error: unknown, language: Language): string {
  const message = (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
  if (language === "en") return message;
  if (error instanceof TextError) return error.russian;
  const known = says.map(([pattern, say]) => ({ match: pattern.exec(message), say })).find(({ match }) => match);
  return known ? message.replace(known.match![0], known.say(known.match![1]!)) : message;
}

/** Prints and tells whether all was well. */
function print(result: Answer, json: boolean, place = ""): boolean {
  const well = result.error === undefined;
  if (json) console.log(JSON.stringify(result));
  else if (well) console.log(`said   ${result.said}\nshown  ${result.shown}`);
  else console.error(`${place}${result.error}`);
  return well;
}

function readLanguage(value: unknown): Language {
  if (value === "ru" || value === "en") return value;
  throw new Error(`unknown language "${String(value).slice(0, 20)}"; use ru or en`);
}

function readMap(text: string, what: string): Given {
  if (text.length > lineBytes) throw new Error(`${what} is longer than ${lineBytes} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${what} is not valid JSON: ${text.slice(0, 60)}`);
  }
  return asMap(value, what);
}

function asMap(value: unknown, what: string): Given {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error(`${what} must be a JSON object, for example {"total": 21.5}`);
}

/** The clock of the texts: an instant in the zone; without an offset the time is the zone's own. */
function readNow(iso: string | undefined, zone: string): Given {
  try {
    nowParts(0, zone);
  } catch {
    throw new Error(`unknown time zone "${zone}"; use a name such as Europe/Moscow`);
  }
  if (iso === undefined) return nowParts(Date.now(), zone);
  const at = momentOf(iso, zone);
  if (at === null) throw new Error(`--now ${iso} is not a date and time; write 2026-11-22T10:00 or 2026-11-22T10:00:00+03:00`);
  return nowParts(at, zone);
}

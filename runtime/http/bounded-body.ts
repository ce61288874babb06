import type { Context, MiddlewareHandler } from "hono";
import { limits } from "../../flows/schema/limits.ts";
import { shapeScanner, type ShapeFault } from "./json-shape.ts";
import { problem } from "./problem.ts";

const kB = 1024;
const MB = 1024 * kB;

/** Bytes of a body, and the values its JSON may hold. */
type Bound = { bytes: number; values: number };
/** By path; the first that fits. A CSV is one long text: few values. */
const bounds: readonly [RegExp, Bound][] = [
  [/^\/api\/(tables|campaigns)\/[^/]+\/(preview|import|contacts)$|^\/api\/contacts\/(preview|import)$/, { bytes: 25 * MB, values: 1_000 }],
  [/^\/api\/flows(\/|$)/, { bytes: limits.documentBytes + 64 * kB, values: 400_000 }],
  [/^\/api\/prompts$/, { bytes: 64 * kB, values: 100 }],
];
const usual: Bound = { bytes: MB, values: 20_000 };
const uploadBytes = 25 * MB;
const deepest = 100;

/** Reads the body as it comes and refuses it by size and shape before anything parses it. */
export const boundedBody: MiddlewareHandler = async (c, next) => {
  const { body } = c.req.raw;
  if (!body) return next();
  const upload = c.req.path === "/api/prompts" && !(c.req.header("content-type") ?? "").includes("json");
  const { bytes, values } = bounds.find(([path]) => path.test(c.req.path))?.[1] ?? usual;
  const most = upload ? uploadBytes : bytes;
  if (Number(c.req.header("content-length") ?? 0) > most) return tooLarge(c, most);
  const scan = upload ? () => null : shapeScanner({ depth: deepest, values });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) return tooLarge(c, most);
    const fault = scan(chunk);
    if (fault) return badShape(c, fault);
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  // What the handlers read from now on.
  Object.assign(c.req.bodyCache, upload ? { arrayBuffer: Promise.resolve(new Uint8Array(whole).buffer) } : { text: Promise.resolve(whole.toString("utf8")) });
  return next();
};

function tooLarge(c: Context, most: number) {
  const size = most >= MB ? [`${Math.round(most / MB)} МБ`, `${Math.round(most / MB)} MB`] : [`${most / kB} КБ`, `${most / kB} KB`];
  return problem(c, 413, "too-large", `запрос больше ${size[0]}`, `the request is larger than ${size[1]}`);
}

const badShape = (c: Context, fault: ShapeFault) =>
  fault === "too-deep"
    ? problem(c, 400, fault, "JSON вложен слишком глубоко", "the JSON is nested too deeply")
    : problem(c, 413, fault, "в запросе слишком много значений", "the request contains too many values");

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { conversationSchema } from "../../flows/simulate/conversation.ts";
import { explore } from "../../flows/simulate/explore.ts";
import { personaSchema } from "../../flows/simulate/persona.ts";
import { demoOf } from "../../runtime/cli/flow-files.ts";

/** Every field of a made-up caller changes what the callers do; the flow and the seed stay the same. */
const folder = (slug: string) => `templates/${slug}`;
function met(persona: object, slug = "status-self-service") {
  const flow = parseFlow(readFileSync(`${folder(slug)}/flow.json`, "utf8")).flow!;
  const given = conversationSchema.parse({ title: "", given: demoOf(folder(slug)), talk: [], expect: {} }).given;
  const base = { name: "one", patience: 600, silence: 0, slips: 0, hangup: 0 };
  return explore(flow, { callers: 150, seed: 5, personas: [personaSchema.parse({ ...base, ...persona })], givens: [given] });
}
const hangups = (persona: object) => met(persona).ended["caller-hangup"] ?? 0;
const length = (persona: object) => met(persona).seconds.mean;
const coverage = (persona: object) => met(persona).coverage.exits;

describe("a made-up caller", () => {
  test("patience: less of it, more hang up", () => expect(hangups({ patience: 5 })).toBeGreaterThan(hangups({})));
  test("hang-up chance", () => expect(hangups({ hangup: 0.3 })).toBeGreaterThan(hangups({})));
  test("silence and slips come where nobody else does", () => {
    expect(coverage({ silence: 0.5 })).not.toBe(coverage({}));
    expect(coverage({ slips: 0.5 })).not.toBe(coverage({}));
  });
  test("style: the slow take longer, those off the topic slip unasked", () => {
    expect(length({ style: "slow" })).toBeGreaterThan(length({ style: "quick" }));
    expect(coverage({ style: "off-topic" })).not.toBe(coverage({ style: "exact" }));
  });
  test("mood: the angry leave at later questions, the hurried do not listen long, the unsure think", () => {
    expect(hangups({ mood: "angry", hangup: 0.1 })).toBeGreaterThan(hangups({ mood: "calm", hangup: 0.1 }));
    expect(length({ mood: "hurried", patience: 8 })).toBeLessThan(length({ mood: "calm", patience: 8 }));
    expect(length({ mood: "unsure" })).toBeGreaterThan(length({ mood: "calm" }));
  });
  test("objections are raised", () => {
    const { nodes } = JSON.parse(readFileSync(`${folder("first-line")}/flow.json`, "utf8")) as {
      nodes: Record<string, { type: string; config: { answers?: { value: string }[] } }>;
    };
    const [answer] = Object.values(nodes).flatMap(({ config }) => config.answers?.slice(-1) ?? []);
    expect(answer).toBeDefined();
    const said = (persona: object) => JSON.stringify(met(persona, "first-line").outcomes);
    expect(said({ objections: [answer!.value] })).not.toBe(said({}));
  });
});

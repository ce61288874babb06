import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { conversationSchema } from "../../flows/simulate/conversation.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";
import { demoOf } from "../../runtime/cli/flow-files.ts";

/** What the ready flows promise in figures: measured on the clock of the simulated call. */
function played(slug: string, given: object, talk: object[]) {
  const folder = `templates/${slug}`;
  const flow = parseFlow(readFileSync(`${folder}/flow.json`, "utf8")).flow!;
  const { result, vars } = runConversation(flow, conversationSchema.parse({ title: slug, given: { ...demoOf(folder), ...given }, talk, expect: {} }));
  const at = (node: string): number => result.path.find((visit) => visit.node === node)?.at ?? Number.NaN;
  return { result, vars, at, answered: result.path[0]!.at };
}

const asked = (press: string) => ({ press, when: "asked" });

describe("emergency card block", () => {
  const services = { "bank-cards": { body: { cards: ["1234", "5678"] } }, "bank-verify": {}, "bank-block": {}, "bank-reissue": {} };

  test("who cuts in on each question is at the block within 15 seconds of the answer, who hears every word within 60", () => {
    const now = "2026-11-24T14:05:00+03:00";
    const words = ["urgent", "ask-last", "ask-birth", "sure"];
    const keys = ["1", "1234", "01021990", "1"];
    const call = (more: object) =>
      played(
        "card-block",
        { now, services },
        words.flatMap((hear, index) => [
          { hear, ...more },
          { press: keys[index]!, gap: 0.3 },
        ]),
      );
    const hurried = call({ for: 1 });
    expect(hurried.at("block") - hurried.answered).toBeLessThanOrEqual(15_000);
    const patient = call({});
    expect(patient.at("block") - patient.answered).toBeLessThanOrEqual(60_000);
  });
});

describe("doctor on call", () => {
  test("the first does not answer: the second rings within 40 seconds, the head within 80", () => {
    const silent = { bridge: { exit: "noAnswer" } };
    const call = played("doctor-on-call", { now: "2026-11-24T23:10:00+03:00", services: silent }, [asked("1"), asked("1"), asked("4")]);
    expect(call.at("doctor-2") - call.at("doctor-1")).toBeLessThanOrEqual(40_000);
    expect(call.at("doctor-3") - call.at("doctor-1")).toBeLessThanOrEqual(80_000);
  });
});

describe("route by open order: the truth table", () => {
  const { "order-routes": rules = {}, managers = {} } = demoOf("templates/route-by-order").tables;
  const manager = managers["Ольга"]!;
  const routed = (key: string) => {
    const [type = "", state] = key.split("-");
    const orders = state === undefined ? [] : [{ id: "2001", type, state, title: "Кофемашина", due: "2026-11-25" }];
    return played("route-by-order", { services: { "crm:demo:openOrders": { value: orders } } }, rules[key]?.["fact"] ? [asked("2")] : []);
  };

  test.each(Object.entries(rules))("%s", (key, rule) => {
    const { result, vars } = routed(key);
    const { number, deputy } = rule["number"] === "manager" ? manager : rule;
    expect(vars).toMatchObject({ routeNumber: number, deputy, target: rule["target"] });
    expect(result.path.map(({ node }) => node)).toContain("target");
  });

  test("a kind and status without a rule comes to an operator", () => {
    const nodes = routed("order-lost").result.path.map(({ node }) => node);
    expect(nodes).toContain("no-rule");
    expect(nodes).toContain("operator");
    expect(nodes).not.toContain("target");
  });
});

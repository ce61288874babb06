import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { conversationSchema, type Conversation } from "../../flows/simulate/conversation.ts";
import { coverable } from "../../flows/simulate/coverage.ts";
import { findPaths, type PathProgress } from "../../flows/simulate/paths.ts";
import { runConversation } from "../../flows/simulate/run-conversation.ts";

const given = (more: object = {}) => conversationSchema.parse({ title: "", given: more, talk: [], expect: {} }).given;
const flowOf = (nodes: Record<string, unknown>, more: object = {}) =>
  parseFlow({ sufler: 2, id: "t", kind: "ivr", title: {}, languages: ["ru"], prompts: { p: { ru: "Текст" } }, start: "a", nodes, ...more }).flow!;
const end = { type: "hangup", config: {} };

describe("shortest conversations", () => {
  test("keys, silence, slips, hang-ups, services, faults and times of day are all found", () => {
    const flow = flowOf(
      {
        a: { type: "business-hours", config: { calendar: "office" }, exits: { open: "menu", closed: "end", holiday: "end", error: "end" } },
        menu: {
          type: "menu",
          config: { prompt: "p", choices: [{ key: "1" }, { key: "2" }] },
          exits: { "1": "crm", "2": "talk", noInput: "end", invalid: "end", hangup: "bye" },
        },
        crm: {
          type: "http",
          config: { service: "crm", url: "https://crm.example/", saveAs: "client" },
          exits: { ok: "vip", clientError: "end", serverError: "end", timeout: "end", error: "end" },
        },
        vip: { type: "condition", config: { when: "vars.client.?level.orValue(0) >= 7" }, exits: { yes: "end", no: "end" } },
        talk: {
          type: "parallel",
          config: {
            branches: [
              { name: "one", part: "say" },
              { name: "two", part: "pause" },
            ],
          },
          exits: { next: "end" },
        },
        bye: { type: "save-result", config: { fields: [{ name: "left", value: "true" }] }, exits: { next: "end" } },
        end,
      },
      {
        parts: {
          say: { start: "s", nodes: { s: { type: "say", config: { prompt: "p" }, exits: { next: "f" } }, f: { type: "finish", config: { outcome: "x" } } } },
          pause: { start: "w", nodes: { w: { type: "wait", config: { seconds: 2 }, exits: { next: "f" } }, f: { type: "finish", config: { outcome: "x" } } } },
        },
      },
    );
    const calendars = { office: { zone: "Europe/Moscow", week: { "1": [{ from: "09:00", to: "18:00" }] }, holidays: ["01-01"] } };
    const paths = findPaths(flow, [given({ calendars })]);
    expect(paths.uncovered).toEqual([]);
    const visited = new Set(paths.conversations.flatMap((each) => [...runConversation(flow, each).visited]));
    const { nodes, exits } = coverable(flow);
    expect([...nodes, ...exits].filter((target) => !visited.has(target))).toEqual([]);
  });

  test("the voice fails in one menu, then in the next; a hang-up just after the last key is of the call too", () => {
    const choice = (one: string) => ({
      type: "menu",
      config: { prompt: "p", saveAs: "choice", choices: [{ key: "1", value: "yes" }] },
      exits: { "1": one, noInput: "end", invalid: "end", error: one },
    });
    const flow = flowOf({
      a: choice("b"),
      b: choice("c"),
      c: choice("told"),
      told: { type: "say", config: { prompt: "p" }, exits: { next: "end" } },
      gone: { type: "on-hangup", config: {}, exits: { next: "kept" } },
      kept: { type: "condition", config: { when: "vars.choice == 'yes'" }, exits: { yes: "end", no: "end" } },
      end,
    });
    expect(findPaths(flow, [given()]).uncovered).toEqual([]);
  });

  test("a service that two nodes ask fails for the second alone", () => {
    const list = (action: string, next: string, failed: string) => ({
      type: "list",
      config: { list: "vip", action },
      exits: action === "check" ? { found: next, notFound: next, error: "end" } : { ok: next, error: failed },
    });
    const flow = flowOf({
      a: list("check", "b", "end"),
      b: list("add", "end", "told"),
      told: { type: "say", config: { prompt: "p" }, exits: { next: "end" } },
      end,
    });
    expect(findPaths(flow, [given()]).uncovered).toEqual([]);
  });

  test("progress: calls only grow, places without a way only fall, the last word is the result", () => {
    const flow = flowOf({ a: { type: "say", config: { prompt: "p" }, exits: { next: "b" } }, b: { type: "goto", config: { node: "a" } }, lost: end });
    const told: PathProgress[] = [];
    const paths = findPaths(flow, [given(), given({ caller: "+79990000002" })], { progress: (now) => void told.push(now) });
    expect(told.at(-1)).toEqual({ runs: paths.runs, maxRuns: 3_000, open: paths.uncovered.length, total: told[0]!.total });
    for (const [index, now] of told.slice(1).entries()) {
      expect(now.runs).toBeGreaterThanOrEqual(told[index]!.runs);
      expect(now.open).toBeLessThanOrEqual(told[index]!.open);
    }
  });

  test("what cannot be reached is told, and the search ends", () => {
    const flow = flowOf({
      a: { type: "condition", config: { when: "1 > 2" }, exits: { yes: "b", no: "end" } },
      b: { type: "say", config: { prompt: "p" }, exits: { next: "b" } },
      end,
    });
    const paths = findPaths(flow, [given()], { maxRuns: 300 });
    expect(paths.uncovered).toEqual(["b", "a:yes", "b:next"]);
    expect(paths.runs).toBeLessThanOrEqual(301);
  });

  test("a shorter way is preferred", () => {
    const menu = (one: string) => ({
      type: "menu",
      config: { prompt: "p", choices: [{ key: "1" }, { key: "2" }] },
      exits: { "1": one, "2": "end", noInput: "end", invalid: "end" },
    });
    const paths = findPaths(flowOf({ a: menu("b"), b: menu("a"), end }), [given()]);
    const longest = Math.max(...paths.conversations.map((each) => each.talk.length));
    // Three silences, or three slips, in the second menu.
    expect(longest).toBeLessThanOrEqual(4);
  });
});

const folder = join(import.meta.dirname, "..", "..", "templates");
describe("every conversation found for a template passes as a test", () => {
  const slugs = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  test.each(slugs.map((entry) => entry.name))("%s", (slug) => {
    const { flow } = parseFlow(readFileSync(join(folder, slug, "flow.json"), "utf8"));
    const {
      inputs = {},
      calendars = {},
      lists = {},
      tables = {},
      switches = {},
    } = JSON.parse(readFileSync(join(folder, slug, "demo.json"), "utf8")) as Record<string, object>;
    const paths = findPaths(flow!, [given({ inputs, calendars, lists, tables, switches })], { maxRuns: 400 });
    expect(paths.conversations.length).toBeGreaterThan(0);
    const failed = paths.conversations
      .map((each: Conversation) => runConversation(flow!, conversationSchema.parse(JSON.parse(JSON.stringify(each)))))
      .filter((run) => !run.passed);
    expect(failed.map((run) => run.failures)).toEqual([]);
  });
});

import { afterEach, describe, expect, test, vi } from "vitest";
import { checkLive, type ReadPlayed } from "../../editor/document/check-live.ts";
import { replaceDocument } from "../../editor/document/edits/replace-document.ts";
import { FlowStore } from "../../editor/document/flow-store.ts";
import { goodFlow } from "../../flows/check/examples/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";

/** A flow that begins by playing others. */
function playing(id: string, others: readonly string[], inputs: Record<string, object> = {}): Flow {
  const document = { ...goodFlow(), id, inputs: { ...goodFlow().inputs, ...inputs } };
  others.forEach((other, index) => {
    const next = index + 1 < others.length ? `play-${index + 1}` : "say";
    document.nodes[`play-${index}`] = { type: "subflow", config: { flow: other, outcomes: [{ exit: "sold" }] }, exits: { next, sold: "say" } };
  });
  if (others.length > 0) document.start = "play-0";
  return parseFlow(JSON.parse(JSON.stringify(document)) as object).flow!;
}

const told = (store: FlowStore) => store.get().issues.flatMap(({ code, node }) => (node?.startsWith("play-") ? [`${node} ${code}`] : []));
const settled = () => vi.advanceTimersByTimeAsync(200);

describe("the check in the page knows the flows that are played", () => {
  afterEach(() => void vi.useRealTimers());

  function open(flow: Flow, readPlayed: ReadPlayed) {
    vi.useFakeTimers();
    const store = new FlowStore(flow, 1, "ru");
    const stop = checkLive(store, () => ({}), readPlayed);
    return { store, stop };
  }

  test("its outcomes, its inputs, and that it comes back", async () => {
    const other = playing("other", ["mine"], { who: { type: "string", required: true } });
    const { store, stop } = open(playing("mine", ["other"]), async () => ({ other }));
    expect(told(store)).toEqual([]);
    await settled();
    expect(told(store)).toEqual(["play-0 plays-itself", "play-0 subflow-inputs", "play-0 subflow-outcomes", "play-0 subflow-outcomes"]);
    stop();
  });

  test("nothing is said of a flow that is not known, nor when none can be read", async () => {
    const { store, stop } = open(playing("mine", ["other", "third"]), async () => ({ third: playing("third", []) }));
    await settled();
    expect(told(store).filter((each) => each.startsWith("play-0"))).toEqual([]);
    stop();
    const offline = open(playing("mine", ["other"]), () => Promise.reject(new Error("offline")));
    await settled();
    expect(told(offline.store)).toEqual([]);
    offline.stop();
  });

  test("asked again when it plays other flows, after a failure, and not else", async () => {
    const asked: string[] = [];
    const answers: (() => Promise<Record<string, Flow>>)[] = [() => Promise.reject(new Error("offline")), async () => ({})];
    const { store, stop } = open(playing("mine", ["a"]), (flow) => {
      asked.push(flow.id + Object.keys(flow.nodes).length);
      return (answers.shift() ?? (async () => ({})))();
    });
    await settled();
    const change = async (flow: Flow) => {
      store.edit(replaceDocument(flow));
      await settled();
    };
    await change({ ...playing("mine", ["a"]), title: { ru: "Снова" } });
    await change({ ...playing("mine", ["a"]), title: { ru: "И снова" } });
    await change(playing("mine", ["a", "b"]));
    await change(playing("mine", []));
    expect(asked).toEqual(["mine5", "mine5", "mine6"]);
    stop();
  });

  test("an answer that comes too late changes nothing", async () => {
    const answers: ((flows: Record<string, Flow>) => void)[] = [];
    const { store, stop } = open(playing("mine", ["other"]), () => new Promise((resolve) => answers.push(resolve)));
    stop();
    const before = store.get().issues;
    answers[0]!({ other: playing("other", ["mine"]) });
    await settled();
    expect(store.get().issues).toBe(before);
  });
});

import { expect, test } from "vitest";
import { checkFlow } from "../../flows/check/index.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import { parseFlow } from "../../flows/schema/parse-flow.ts";
import { createPlayer } from "../../flows/simulate/player.ts";
import { parseConversation } from "../../flows/simulate/conversation.ts";

/** A milestone leaves one note in the journal: its name, its words, its values. */
const note = (config: Record<string, unknown>) => {
  const nodes = { it: { type: "milestone", config, exits: { next: "end" } }, end: { type: "hangup", config: { outcome: "done" } } };
  const { flow } = parseFlow({ sufler: 2, id: "m", kind: "ivr", title: {}, languages: ["ru"], outcomes: ["done"], start: "it", nodes });
  const conversation = parseConversation({ title: "m", given: { caller: "+79990000001" }, talk: [], expect: {} });
  if ("error" in conversation) throw new Error(conversation.error);
  const player = createPlayer(flow!, conversation.conversation.given);
  return player.journal.find((line) => line.node === "it" && line.kind === "note")?.data;
};

test.each([
  ["a name", { name: "agreed" }, { milestone: "agreed", message: "", data: {} }],
  ["a note", { note: "звонит {{ caller.number }}" }, { milestone: "", message: "звонит +79990000001", data: {} }],
  [
    "all of it",
    { name: "agreed", note: "да", data: { sum: "2 * 2", who: "caller.number" } },
    { milestone: "agreed", message: "да", data: { sum: 4, who: "+79990000001" } },
  ],
])("%s", (_title, config, left) => expect(note(config)).toEqual(left));

test("neither a name nor a note: the form says so", () => {
  const parsed = nodeTypes["milestone"]!.config.safeParse({ data: { sum: "1" } });
  expect(parsed.error?.issues).toMatchObject([{ path: ["note"], message: "a name or a note is needed" }]);
  const nodes = { it: { type: "milestone", exits: { next: "end" } }, end: { type: "hangup", config: { outcome: "done" } } };
  const { flow } = parseFlow({ sufler: 2, id: "m", kind: "ivr", title: {}, languages: ["ru"], outcomes: ["done"], start: "it", nodes });
  expect(checkFlow(flow!).find((issue) => issue.node === "it")).toMatchObject({
    code: "malformed-config",
    message: { ru: "поле «note»: нужно имя или заметка" },
  });
});

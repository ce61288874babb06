import { Hono, type Context } from "hono";
import { z } from "zod";
import { parseConversation } from "../../flows/simulate/conversation.ts";
import type { NewFlowTest } from "../ports/store.ts";
import type { HttpDeps } from "./deps.ts";
import { body, describe, notFound, problem } from "./problem.ts";
import { readTemplates, testsOf } from "./templates.ts";

const mostTests = 1_000;
const testsBody = z.object({ conversations: z.array(z.record(z.string(), z.unknown())).min(1).max(mostTests) });

/** Tests of a flow: conversations that everybody who opens it sees, and that are run against its draft. */
export function flowTestRoutes(deps: HttpDeps) {
  const { store, clock, ids } = deps.calls;
  const add = async (c: Context, flow: string, tests: readonly NewFlowTest[]) => {
    const known = await store.flowTests.all(flow);
    if (known.length + tests.length > mostTests) {
      return problem(
        c,
        422,
        "too-many",
        `у сценария может быть ${mostTests} тестов, есть ${known.length}: уберите лишние`,
        `a flow can have at most ${mostTests} tests and already has ${known.length}: delete some`,
      );
    }
    await store.flowTests.add(flow, tests, clock.now());
    return c.json({ tests: await store.flowTests.all(flow) }, 201);
  };
  return new Hono()
    .get("/:id/tests", describe("flows", "The tests of a flow"), async (c) => c.json({ tests: await store.flowTests.all(c.req.param("id")) }))
    .post("/:id/tests", describe("flows", "Add tests"), body(testsBody), async (c) => {
      const flow = c.req.param("id");
      if (!(await store.flows.draft(flow))) return notFound(c);
      const { conversations } = c.req.valid("json");
      const bad = conversations.map(parseConversation).findIndex((parsed) => "error" in parsed);
      if (bad >= 0) return unreadable(c, bad, conversations[bad]);
      return add(
        c,
        flow,
        conversations.map((conversation) => ({ id: ids.next(), origin: "own", conversation })),
      );
    })
    .post(
      "/:id/tests/template",
      describe("flows", "Copy the tests of the template that the flow was created from; tests copied before are updated"),
      async (c) => {
        const flow = c.req.param("id");
        const draft = await store.flows.draft(flow);
        const template = draft?.template ? (await readTemplates(deps.templates, deps.calls.log)).find(({ slug }) => slug === draft.template) : undefined;
        return template ? add(c, flow, testsOf(template)) : notFound(c);
      },
    )
    .delete("/:id/tests/:test", describe("flows", "Delete a test"), async (c) => {
      const { id, test } = c.req.param();
      return (await store.flowTests.remove(id, test)) ? c.body(null, 204) : notFound(c);
    });
}

function unreadable(c: Context, index: number, conversation: unknown) {
  const parsed = parseConversation(conversation);
  const { ru, en } = "error" in parsed ? parsed.words : { ru: "", en: "" };
  return problem(c, 422, "bad-test", `тест ${index + 1} не читается: ${ru}`, `test ${index + 1} cannot be read: ${en}`, { index });
}

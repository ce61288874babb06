import { useContext, useMemo, useState } from "react";
import { parseConversation, type Conversation } from "../../flows/simulate/conversation.ts";
import { api, type FlowDetails, type FlowTest } from "../api/index.ts";
import { SurroundingsContext } from "../document/surroundings-context.ts";
import { useFlow } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { askedWorld } from "../phone/asked-world.ts";
import { loadStoredData } from "../phone/load-stored-data.ts";
import { otherFlows } from "../phone/other-flows.ts";
import { attempt } from "../ui/notify.ts";
import { useLoad } from "../ui/use-load.ts";
import { handOverBrowserTests } from "./browser-tests.ts";
import { groundIn, type Ground } from "./plain-given.ts";

export type Test = { id: string; origin: FlowTest["origin"]; conversation: Conversation };

/** The tests of the open flow as the server keeps them, and what they stand on: this installation's data, the template's demo data over it. */
export function useTests(details: FlowDetails) {
  const flow = useFlow((state) => state.whole);
  const { t } = useWords();
  const { calendarsByName } = useContext(SurroundingsContext);
  const [changed, setChanged] = useState<FlowTest[] | null>(null);
  const loaded = useLoad(async () => {
    await handOverBrowserTests(flow.id).catch(() => undefined);
    const [rows, ground] = await Promise.all([api.tests(flow.id), groundOf(flow, details.template, calendarsByName)]);
    setChanged(null);
    return { rows, ground };
  }, [details.template, flow.id, calendarsByName]);
  const rows = changed ?? loaded.data?.rows;
  const ground = loaded.data?.ground;
  const tests = useMemo(() => (rows ?? []).flatMap((row) => overGround(row, ground ?? {})), [rows, ground]);
  const put = (work: () => Promise<FlowTest[]>) => void attempt(async () => setChanged(await work()), undefined, t("tests.notSaved"));
  return {
    tests,
    ground: ground ?? {},
    loading: loaded.loading,
    add: (conversations: readonly Conversation[]) => put(() => api.addTests(flow.id, conversations)),
    takeFromTemplate: () => put(() => api.takeTemplateTests(flow.id)),
    remove: (id: string) =>
      put(async () => {
        await api.removeTest(flow.id, id);
        return (rows ?? []).filter((row) => row.id !== id);
      }),
  };
}

async function groundOf(flow: Parameters<typeof askedWorld>[0], template: string | null, calendars: Ground["calendars"]): Promise<Ground> {
  const [stored, demo] = await Promise.all([
    otherFlows(flow)
      .catch(() => undefined)
      .then((find) => loadStoredData(askedWorld(flow, find))),
    template ? api.template(template).then((found) => found.demo) : undefined,
  ]);
  // What was counted in real calls is no ground for a test: tomorrow it is another figure.
  const { place, ...data } = stored;
  const ground: Ground = { calendars, ...place, ...data, counters: {} };
  return demo ? { ...ground, ...groundIn(demo), calendars: { ...calendars, ...demo.calendars } } : ground;
}

/** A test without its own conditions uses the defaults; invalid data is skipped. */
function overGround({ id, origin, conversation }: FlowTest, ground: Ground): Test[] {
  const parsed = parseConversation({ ...conversation, given: { ...ground, contacts: {}, ...(conversation["given"] as object | undefined) } });
  return "conversation" in parsed ? [{ id, origin, conversation: parsed.conversation }] : [];
}

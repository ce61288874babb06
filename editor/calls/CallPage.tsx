import { Badge, Button, Group, Table, Tabs, Text } from "@mantine/core";
import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { fold } from "../../flows/result.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { show } from "../../flows/expressions/evaluate.ts";
import { api, type CallRow, type StoredLine } from "../api/index.ts";
import { follow } from "../api/live.ts";
import { cardsOf } from "../canvas/canvas-model.ts";
import { FlowCanvas } from "../canvas/FlowCanvas.tsx";
import { untangled } from "../canvas/untangle.ts";
import { useWords } from "../i18n/index.ts";
import { activeNode, joinDigits, talkOf } from "../phone/call-view.ts";
import { Transcript } from "../phone/Transcript.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { IconArrowLeft, IconBookmarkPlus, IconPhoneOff } from "../ui/icons.ts";
import { attempt } from "../ui/notify.ts";
import { linkTo, navigate, pathOf } from "../ui/router.ts";
import { Loading, Screen } from "../ui/Screen.tsx";
import { useLoad } from "../ui/use-load.ts";
import { CallFacts } from "./CallFacts.tsx";
import classes from "./calls.module.css";
import { JournalTable } from "./JournalTable.tsx";

type Opened = { call: CallRow; lines: StoredLine[]; flow: Flow | null };

/** One call: facts, results, path on the flow, journal, recordings. A live call updates continuously. */
export function CallPage({ id }: { id: string }) {
  const loaded = useLoad<Opened>(async () => {
    const [{ call }, lines] = await Promise.all([api.call(id), api.journal(id)]);
    const flow = await api.version(call.flow, call.version).catch(() => null);
    return { call, lines, flow: flow && apart(flow) };
  }, [id]);
  return <Loading of={loaded}>{(data) => <Opened key={data.call.endedAt ?? "live"} opened={data} reload={loaded.reload} />}</Loading>;
}

const apart = (flow: Flow): Flow =>
  untangled(flow, cardsOf(flow, { language: flow.languages[0] ?? "ru", opened: new Set(), problems: new Map(), overlay: null, exitLabel: (exit) => exit }));

function Opened({ opened, reload }: { opened: Opened; reload(): void }) {
  const { t } = useWords();
  const { call, flow } = opened;
  const live = call.endedAt === null;
  const lines = useLiveLines(opened, live, reload);
  const [focus, setFocus] = useState<{ node: string; turn: number } | null>(null);
  const result = useMemo(() => fold(lines), [lines]);
  const overlay = useMemo(() => ({ active: live ? activeNode(lines) : null, visits: result.path }), [live, lines, result]);
  const pick = (node: string) => setFocus((before) => ({ node, turn: (before?.turn ?? 0) + 1 }));
  const saveTest = () => attempt(async () => void (await api.addTests(call.flow, [await api.conversation(call.id)])), t("calls.testSaved"));
  const talk = useMemo(() => joinDigits(talkOf(lines)), [lines]);
  return (
    <Screen
      title={
        <Group gap={8} wrap="nowrap">
          <IconButton label={t("calls.toList")} onClick={() => navigate("/calls")}>
            <IconArrowLeft size={16} />
          </IconButton>
          <span>{call.caller || t("calls.hidden")}</span>
          {live && (
            <Badge color="green" variant="light" tt="none">
              {t("calls.now")}
            </Badge>
          )}
        </Group>
      }
      actions={
        <>
          {live && call.kind === "ivr" && (
            <Button color="red" variant="light" leftSection={<IconPhoneOff size={15} />} onClick={() => void attempt(() => api.hangup(call.id))}>
              {t("calls.hangup")}
            </Button>
          )}
          <Button variant="default" leftSection={<IconBookmarkPlus size={15} />} disabled={live} onClick={() => void saveTest()}>
            {t("calls.makeTest")}
          </Button>
          <Button variant="default" component="a" {...linkTo(pathOf("flows", call.flow))}>
            {t("calls.openFlow")}
          </Button>
        </>
      }
    >
      <div className={classes.page}>
        <aside className={classes.facts}>
          <CallFacts call={call} />
          <h2>{t("calls.result")}</h2>
          <ResultTable result={live ? result.result : call.result} />
          <Recordings call={call} />
        </aside>
        <section className={classes.middle}>
          <div className={classes.path}>
            {flow ? (
              <ReactFlowProvider>
                <FlowCanvas flow={flow} language={flow.languages[0] ?? "ru"} overlay={overlay} focus={focus} onPick={pick} />
              </ReactFlowProvider>
            ) : (
              <Text c="dimmed" p="md">
                {t("calls.noVersion")}
              </Text>
            )}
          </div>
          <Tabs defaultValue="talk" className={classes.log!}>
            <Tabs.List>
              <Tabs.Tab value="talk">{t("calls.talk")}</Tabs.Tab>
              <Tabs.Tab value="journal">{t("calls.journal")}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="talk" className={classes.logBody!}>
              {flow && <Transcript lines={talk} startedAt={call.startedAt} flow={flow} onPick={pick} />}
            </Tabs.Panel>
            <Tabs.Panel value="journal" className={classes.logBody!}>
              <JournalTable lines={lines} startedAt={call.startedAt} flow={flow} onPick={pick} />
            </Tabs.Panel>
          </Tabs>
        </section>
      </div>
    </Screen>
  );
}

/** Lines of the journal; of a live call also those that come now. */
function useLiveLines(opened: Opened, live: boolean, reload: () => void): StoredLine[] {
  const [lines, setLines] = useState(opened.lines);
  useEffect(() => setLines(opened.lines), [opened.lines]);
  useEffect(() => {
    if (!live) return;
    return follow(
      { call: opened.call.id },
      {
        event: (event) => {
          if (event.type === "line" && event.line.callId === opened.call.id)
            setLines((before) => (before.some((line) => line.seq === event.line.seq) ? before : [...before, event.line].sort((a, b) => a.seq - b.seq)));
          if (event.type === "call-end" && event.call.id === opened.call.id) reload();
        },
        reset: reload,
        // A call that ended between loading and listening is noticed once the stream is open.
        state: (connected) => {
          if (connected)
            void api.call(opened.call.id).then(
              (now) => !now.live && reload(),
              () => undefined,
            );
        },
      },
    );
    // eslint-disable-next-line react-hooks/exhaustive-deps -- follows one call
  }, [opened.call.id, live]);
  return lines;
}

function ResultTable({ result }: { result: CallRow["result"] }) {
  const { t } = useWords();
  const rows = Object.entries(result).filter(([, value]) => value !== null);
  if (rows.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t("calls.noResult")}
      </Text>
    );
  return (
    <Table fz="sm" verticalSpacing={3} horizontalSpacing={4}>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Td ff="monospace" fz="xs">
              {name}
            </Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{show(value)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Recordings({ call }: { call: CallRow }) {
  const { t } = useWords();
  if (call.recordings.length === 0) return null;
  return (
    <>
      <h2>{t("calls.recordings")}</h2>
      {call.recordings.map((item) => (
        <div key={item.id} className={classes.recording}>
          <Text fz="xs" c="dimmed">
            {item.node || t("calls.whole")} · {Math.round(item.ms / 1000)} {t("unit.s")}
          </Text>
          <audio
            controls
            preload="none"
            src={`/api/calls/${encodeURIComponent(call.id)}/recordings/${encodeURIComponent(item.recording.replaceAll("#", "."))}.wav`}
          />
        </div>
      ))}
    </>
  );
}

import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Loader } from "@mantine/core";
import { useReactFlow } from "@xyflow/react";
import type { Issue } from "../../flows/schema/issue.ts";
import type { FlowDetails } from "../api/index.ts";
import { FlowCanvas } from "../canvas/FlowCanvas.tsx";
import { cardsOf, fitting, type Overlay } from "../canvas/canvas-model.ts";
import { layoutFlow } from "../canvas/layout-flow.ts";
import { below } from "../canvas/untangle.ts";
import { overlayIn } from "../canvas/overlay-in.ts";
import { documentPath } from "../../flows/compile/document-path.ts";
import { placeOf } from "../document/part-view.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { Inspector } from "../inspector/Inspector.tsx";
import { ProblemsPanel } from "../problems/ProblemsPanel.tsx";
import { TestsPanel } from "../tests-panel/TestsPanel.tsx";
import type { Marks } from "../versions/ComparePanel.tsx";
import { HistoryPanel } from "../versions/HistoryPanel.tsx";
import { attempt } from "../ui/notify.ts";
import { useKept } from "../ui/use-kept.ts";
import { BeginHere } from "./BeginHere.tsx";
import { Drawer, type DrawerTab } from "./Drawer.tsx";
import classes from "./flow.module.css";
import { Palette } from "./Palette.tsx";
import { PartBar } from "./PartBar.tsx";
import { PhoneTab } from "./PhoneTab.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import { QuickAdd } from "./QuickAdd.tsx";
import { TopBar } from "./TopBar.tsx";
import { insertNode, useCanvasEdits, type QuickPlace } from "./use-canvas-edits.ts";
import { useFlowKeys } from "./use-flow-keys.ts";
import { usePhone } from "./use-phone.ts";

const CodePanel = lazy(() => import("../code/CodePanel.tsx"));
const MachinePanel = lazy(() => import("../code/MachinePanel.tsx"));

type Props = { details: FlowDetails; reload(): void; flush(): Promise<void> };

export function FlowScreen({ details, reload, flush }: Props) {
  const store = useFlowStore();
  const [tab, setTab] = useKept<DrawerTab | null>("drawer.tab", null);
  const [quick, setQuick] = useState<QuickPlace | null>(null);
  const [publishing, setPublishing] = useState(false);
  const [focus, setFocus] = useState<{ node: string; turn: number } | null>(null);
  const [coverage, setCoverage] = useState<ReadonlySet<string> | null>(null);
  const [marks, setMarks] = useState<Marks | null>(null);
  const titleRef = useRef<HTMLInputElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const reveal = useCallback((node: string) => setFocus((before) => ({ node, turn: (before?.turn ?? 0) + 1 })), []);
  const inPart = useFlow((state) => state.part !== null);
  const phone = usePhone(details);
  const { fitView } = useReactFlow();
  const fit = () => void fitView(fitting);
  useFirstPlaces(fit);
  const edits = useCanvasEdits(store, setQuick, titleRef, reveal);
  const go = (issue: Issue) => {
    setPublishing(false);
    const { part, node } = placeOf(issue.node ?? "");
    if (issue.node) store.openPart(part);
    store.select(issue.node ? [node] : [], [], issue.path ?? "");
    if (issue.node) reveal(node);
  };
  const simulate = () => {
    setTab("phone");
    setCoverage(null);
    phone.call();
  };
  useFlowKeys(store, {
    titleRef,
    searchRef,
    simulate,
    fit,
    reveal,
    closeDrawer: () => (tab && document.activeElement?.closest("[role=tabpanel]") ? (setTab(null), true) : false),
  });
  const drawn = useMemo<Overlay | null>(() => {
    if (marks) return { active: null, visits: [], changed: marks };
    return coverage ? { active: null, visits: [], visited: coverage } : null;
  }, [marks, coverage]);
  const pick = (played: string) => {
    // A place in a playing call, or a path in the document: both end at a node of one graph.
    const { part, node } = placeOf(documentPath(store.get().whole, played) ?? played);
    store.openPart(part);
    if (!(node in store.get().flow.nodes)) return;
    store.select([node]);
    reveal(node);
  };
  return (
    <div className={classes.screen}>
      <TopBar details={details} onSimulate={simulate} onPublish={() => setPublishing(true)} onScore={() => setTab("problems")} />
      <div className={classes.work}>
        <Palette kind={details.document.kind} inPart={inPart} searchRef={searchRef} onInsert={(type) => reveal(insertNode(store, type))} />
        <div className={classes.centre}>
          <PartBar />
          <Canvas edits={edits} overlay={tab === "phone" ? phone.overlay : drawn} focus={focus} />
          <Drawer tab={tab} onTab={setTab}>
            <Suspense fallback={<Loader size="xs" m="md" />}>
              {tab === "problems" && <ProblemsPanel onGo={go} />}
              {tab === "phone" && <PhoneTab phone={phone} onPick={pick} />}
              {tab === "tests" && <TestsPanel details={details} onCoverage={setCoverage} onPick={pick} />}
              {tab === "code" && <CodePanel />}
              {tab === "machine" && <MachinePanel />}
              {tab === "history" && <HistoryPanel details={details} reload={reload} onMarks={setMarks} onPick={pick} />}
            </Suspense>
          </Drawer>
        </div>
        <Inspector titleRef={titleRef} />
      </div>
      {quick && (
        <QuickAdd
          kind={details.document.kind}
          place={quick}
          onClose={() => setQuick(null)}
          onPick={(type) => {
            insertNode(store, type, { at: quick.at, after: quick.after, onEdge: quick.onEdge });
            setQuick(null);
          }}
        />
      )}
      {publishing && (
        <PublishDialog
          details={details}
          flush={flush}
          onClose={() => setPublishing(false)}
          onGo={go}
          onDone={() => {
            setPublishing(false);
            reload();
          }}
        />
      )}
    </div>
  );
}

/**
 * Opening moves no card. Those without a place (a part or a flow written by hand) get one to be looked at; it is saved with
 * the first edit.
 */
function useFirstPlaces(fit: () => void) {
  const store = useFlowStore();
  const part = useFlow((state) => state.part);
  useEffect(() => {
    const { flow, language } = store.get();
    const missing = Object.keys(flow.nodes).filter((id) => !(id in flow.layout));
    if (missing.length === 0) return;
    const cards = cardsOf(flow, { language, opened: new Set(), problems: new Map(), overlay: null, exitLabel: (exit) => exit });
    if (missing.length < Object.keys(flow.nodes).length) return store.place(below(flow, cards, missing));
    void attempt(async () => {
      const places = await layoutFlow(flow, cards);
      if (store.get().part !== part) return;
      store.place(places);
      fit();
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, on opening
  }, [store, part]);
}

function Canvas({
  edits,
  overlay,
  focus,
}: {
  edits: ReturnType<typeof useCanvasEdits>;
  overlay: Overlay | null;
  focus: { node: string; turn: number } | null;
}) {
  const flow = useFlow((state) => state.flow);
  const selection = useFlow((state) => state.selection);
  const issues = useFlow((state) => state.issues);
  const language = useFlow((state) => state.language);
  const part = useFlow((state) => state.part);
  const whole = useFlow((state) => state.whole);
  const here = useMemo(() => overlay && overlayIn(whole, part, overlay), [whole, part, overlay]);
  const problems = useMemo(() => {
    const byNode = new Map<string, { severity: "error" | "warning"; count: number }>();
    for (const issue of issues) {
      if (!issue.node || issue.severity === "info") continue;
      const place = placeOf(issue.node);
      if (place.part !== part) continue;
      const before = byNode.get(place.node);
      byNode.set(place.node, { severity: before?.severity === "error" ? "error" : issue.severity, count: (before?.count ?? 0) + 1 });
    }
    return byNode;
  }, [issues, part]);
  return (
    <div className={classes.canvasBox}>
      <FlowCanvas
        key={part ?? ""}
        flow={flow}
        language={language}
        selected={selection.nodes}
        selectedEdges={selection.edges}
        problems={problems}
        overlay={here}
        edits={edits}
        focus={focus}
      />
      {part === null && Object.keys(flow.nodes).length <= 1 && <BeginHere />}
    </div>
  );
}

import { useFlow } from "../document/use-flow.ts";
import { FlowPanel } from "./FlowPanel.tsx";
import { ManyPanel, NodePanel } from "./NodePanel.tsx";

export function Inspector({ titleRef }: { titleRef: React.RefObject<HTMLInputElement | null> }) {
  const nodes = useFlow((state) => state.selection.nodes);
  const first = nodes[0];
  if (first === undefined) return <FlowPanel />;
  return nodes.length === 1 ? <NodePanel key={first} id={first} titleRef={titleRef} /> : <ManyPanel ids={nodes} />;
}

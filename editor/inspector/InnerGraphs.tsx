import { Button, Stack } from "@mantine/core";
import { nodeTypes } from "../../flows/nodes/index.ts";
import { useFlow, useFlowStore } from "../document/use-flow.ts";
import { useWords } from "../i18n/index.ts";
import { IconSubtask } from "../ui/icons.ts";
import classes from "./inspector.module.css";

/** The parts that a node plays: a button opens each on the canvas. */
export function InnerGraphs({ id }: { id: string }) {
  const { t } = useWords();
  const store = useFlowStore();
  const node = useFlow((state) => state.flow.nodes[id]);
  const parts = useFlow((state) => state.whole.parts);
  const definition = node && nodeTypes[node.type];
  const config = definition?.graphs ? definition.config.safeParse(node?.config) : null;
  const played =
    definition?.graphs && config?.success ? definition.graphs(config.data).flatMap((graph) => (graph.part && graph.part in parts ? [graph.part] : [])) : [];
  if (played.length === 0) return null;
  return (
    <Stack gap={6} className={classes.section}>
      {[...new Set(played)].map((part) => (
        <Button key={part} size="xs" variant="default" leftSection={<IconSubtask size={14} />} onClick={() => store.openPart(part)}>
          {t("parts.open", { part })}
        </Button>
      ))}
    </Stack>
  );
}

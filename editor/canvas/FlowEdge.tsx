import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { useWords } from "../i18n/index.ts";
import classes from "./canvas.module.css";
import type { Wire } from "./canvas-model.ts";

export const FlowEdge = memo(function FlowEdge({ id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, data }: EdgeProps<Wire>) {
  const { t } = useWords();
  const [path, x, y] = getSmoothStepPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, borderRadius: 8, offset: 18 });
  const taken = (data?.steps.length ?? 0) > 0;
  return (
    <g className={classes.wire} data-taken={taken || undefined} data-selected={selected || undefined} data-unhappy={data?.unhappy || undefined}>
      <BaseEdge path={path} interactionWidth={16} />
      <EdgeLabelRenderer>
        <div className={classes.wireLabel} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
          {taken && <span className={classes.wireStep}>{data?.steps.slice(-3).join("·")}</span>}
          {!taken && !data?.readOnly && data?.insert && (
            <button
              type="button"
              className={classes.insert}
              tabIndex={-1}
              aria-label={t("canvas.insertHere")}
              title={t("canvas.insertHere")}
              onClick={(event) => data.insert?.(id, { x: event.clientX, y: event.clientY })}
            >
              +
            </button>
          )}
        </div>
      </EdgeLabelRenderer>
    </g>
  );
});

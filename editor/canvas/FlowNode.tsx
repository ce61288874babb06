import { Handle, Position, useStore, type NodeProps } from "@xyflow/react";
import { memo, useContext } from "react";
import { useWords } from "../i18n/index.ts";
import { card, handleY, type CardData, type CardNode } from "./canvas-model.ts";
import { CanvasActions } from "./canvas-actions.ts";
import classes from "./canvas.module.css";
import { nodeIcon } from "./node-icons.ts";

/** Near: everything. Middle: icon and title. Far: a coloured block. */
const useLevel = () => useStore((state) => (state.transform[2] < 0.3 ? "far" : state.transform[2] < 0.55 ? "middle" : "near"));

/** The card of all node types. */
export const FlowNode = memo(function FlowNode({ id, data, selected }: NodeProps<CardNode>) {
  const level = useLevel();
  const Icon = nodeIcon(data.icon);
  return (
    <article
      className={classes.card}
      data-group={data.group}
      data-level={level}
      data-selected={selected || undefined}
      data-active={data.active || undefined}
      data-disabled={data.disabled || undefined}
      data-changed={data.changed ?? undefined}
      data-visited={data.steps.length > 0 || undefined}
      aria-label={data.title}
      data-node={id}
    >
      {data.type !== "start" && data.type !== "on-hangup" && (
        <Handle type="target" id="in" position={Position.Left} className={classes.handle} style={{ top: card.head / 2 }} />
      )}
      <div className={classes.bar} />
      <header className={classes.cardHead}>
        <Icon size={level === "near" ? 16 : 26} className={classes.cardIcon} />
        <span className={classes.cardTitle} title={data.title}>
          {data.title}
        </span>
        {level !== "far" && <Marks data={data} />}
      </header>
      {level === "near" && (
        <>
          {data.summary && (
            <p className={classes.summary} title={data.summary}>
              {data.summary}
            </p>
          )}
          <Exits id={id} data={data} />
        </>
      )}
      {data.exits.map((exit, row) => (
        <Handle
          key={exit.name}
          type="source"
          id={exit.name}
          position={Position.Right}
          className={classes.handle}
          data-unhappy={exit.unhappy || undefined}
          style={{ top: handleY(data, row) }}
          title={exit.label}
        />
      ))}
    </article>
  );
});

function Marks({ data }: { data: CardData }) {
  const { t } = useWords();
  return (
    <span className={classes.marks}>
      {data.start && <span className={classes.startMark}>{t("canvas.start")}</span>}
      {data.steps.length > 0 && <span className={classes.stepMark}>{data.steps.slice(-2).join("·")}</span>}
      {data.covered && <span className={classes.coverMark} data-covered={data.covered} title={t(`canvas.covered.${data.covered}`)} />}
      {data.severity && (
        <span className={classes.problemMark} data-severity={data.severity} title={t("canvas.problems", { count: data.problems })}>
          {data.problems}
        </span>
      )}
    </span>
  );
}

function Exits({ id, data }: { id: string; data: CardData }) {
  const { t } = useWords();
  const actions = useContext(CanvasActions);
  return (
    <div className={classes.exits}>
      {data.exits.map((exit) => (
        <div key={exit.name} className={classes.exit} data-unhappy={exit.unhappy || undefined}>
          {exit.label}
        </div>
      ))}
      {(data.folded > 0 || data.canFold) && (
        <button
          type="button"
          className={classes.more}
          onClick={() => actions.toggleExits(id)}
          aria-label={data.folded > 0 ? t("canvas.moreExits", { count: data.folded }) : t("canvas.lessExits")}
          title={data.folded > 0 ? t("canvas.moreExits", { count: data.folded }) : t("canvas.lessExits")}
        >
          {data.folded > 0 ? "…" : "▴"}
        </button>
      )}
    </div>
  );
}

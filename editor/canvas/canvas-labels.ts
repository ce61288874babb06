import type { AriaLabelConfig } from "@xyflow/react";
import type { Translate } from "../i18n/index.ts";
import type { cardsOf, WireNames } from "./canvas-model.ts";

/** Texts of the canvas library for screen readers and tooltips, in the screen language. */
export const canvasLabels = (t: Translate): Partial<AriaLabelConfig> => ({
  "node.a11yDescription.default": t("canvas.cardHelp"),
  "node.a11yDescription.keyboardDisabled": t("canvas.cardHelp"),
  "node.a11yDescription.ariaLiveMessage": ({ x, y }) => t("canvas.cardMoved", { x: Math.round(x), y: Math.round(y) }),
  "edge.a11yDescription.default": t("canvas.edgeHelp"),
  "controls.ariaLabel": t("canvas.controls"),
  "controls.zoomIn.ariaLabel": t("canvas.zoomIn"),
  "controls.zoomOut.ariaLabel": t("canvas.zoomOut"),
  "controls.fitView.ariaLabel": t("canvas.fit"),
  "controls.interactive.ariaLabel": t("canvas.lock"),
  "minimap.ariaLabel": t("canvas.minimap"),
  "handle.ariaLabel": t("canvas.handle"),
});

/** Names an edge by the titles of its cards and the exit between them. */
export const wireNames = (cards: ReturnType<typeof cardsOf>, t: Translate): WireNames => ({
  role: t("canvas.edgeRole"),
  nameOf(from, exit, to) {
    const source = cards.get(from)?.data;
    const label = source?.exits.find((row) => row.name === exit)?.label ?? exit;
    return t("canvas.edge", { from: source?.title ?? from, exit: label, to: cards.get(to)?.data.title ?? to });
  },
});

import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Plan } from "./jobs.ts";
import type { Lookup } from "./lookup.ts";

const look = {
  background: "white",
  width: 560,
  height: 300,
  config: { font: "sans-serif", axis: { grid: true, gridColor: "#e6e6e6" }, view: { stroke: null } },
};

/** A Vega-Lite drawing as SVG text. */
async function svgOf(spec: TopLevelSpec): Promise<string> {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: "none" });
  return view.toSVG();
}

/** Occupancy over the size of the team, at one answer rate. */
export function occupancyPlot(plan: Plan, lookup: Lookup, answerRate: number): Promise<string> {
  const values = plan.teams.flatMap((agents) => {
    const place = { world: "W0" as const, agents, answerRate };
    const rows: [string, number | undefined][] = [
      ["exact optimum", lookup.bound(place)],
      ["ours", lookup.of(place, "ours")?.summary.occupancy.mean],
      ["VICIdial, best of 24", lookup.best(place, "vicidial")?.summary.occupancy.mean],
      ["VICIdial, defaults", lookup.of(place, "vicidial", (job) => job.setting === "default")?.summary.occupancy.mean],
      ["one line per idle", lookup.of(place, "progressive")?.summary.occupancy.mean],
    ];
    return rows.flatMap(([law, occupancy]) => (occupancy === undefined ? [] : [{ law, agents, occupancy }]));
  });
  return svgOf({
    ...look,
    title: `Operators busy at 3 % abandoned, ${answerRate * 100} % of dials answered (W0)`,
    data: { values },
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "agents", type: "quantitative", scale: { type: "log", nice: false, padding: 12 }, axis: { title: "operators", values: [...plan.teams] } },
      y: { field: "occupancy", type: "quantitative", scale: { zero: false }, axis: { title: "busy", format: ".0%" } },
      color: { field: "law", type: "nominal", sort: null, legend: { title: null, labelLimit: 300 } },
      strokeDash: { condition: { test: "datum.law === 'exact optimum'", value: [4, 4] }, value: [1, 0] },
    },
  });
}

/** The half hour's abandonment through the day, where the world moves. */
export function rollingPlot(lookup: Lookup, world: "W2" | "W4", teams: readonly number[]): Promise<string> {
  const values = teams.flatMap((agents) => {
    const rolling = lookup.of({ world, agents, answerRate: 0.3 }, "ours")?.rolling ?? [];
    return rolling.map((share, index) => ({ team: `${agents} operators`, hour: (index + 6) / 12, share }));
  });
  const title = world === "W2" ? "Abandoned in the last half hour while the answer rate drifts (W2)" : "Abandoned in the last half hour through shocks (W4)";
  return svgOf({
    ...look,
    title,
    data: { values },
    layer: [
      {
        mark: "line",
        encoding: {
          x: { field: "hour", type: "quantitative", axis: { title: "hour of the day" } },
          y: { field: "share", type: "quantitative", axis: { title: "abandoned", format: ".1%" } },
          color: { field: "team", type: "nominal", sort: null, legend: { title: null, labelLimit: 300 } },
        },
      },
      { mark: { type: "rule", strokeDash: [4, 4], color: "black" }, encoding: { y: { datum: 0.03 } } },
    ],
  });
}

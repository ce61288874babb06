import type { PacingState } from "../law.ts";
import type { World } from "./world.ts";

/** What the law sees of the team, kept up to date in place while the day goes on. */
export type DayView<Memory> = PacingState<Memory> & { team: MutableTeam; campaigns: MutableCampaign[] };

type MutableTeam = { -readonly [Key in keyof PacingState["team"]]: PacingState["team"][Key] extends readonly number[] ? number[] : PacingState["team"][Key] };
type MutableCampaign = { dials: number[]; segments: number[]; open: boolean; priority: number; nextSegment: number };

/** The view when the day begins: everybody idle, nothing dialled. */
export function viewOf<Memory>(world: World, memory: Memory): DayView<Memory> {
  const agents = world.staff(0);
  return {
    memory,
    team: { agents, idle: agents, waiting: 0, talking: [], wrapping: [], inboundPerS: world.inbound?.perS ?? 0, linesFree: Number.POSITIVE_INFINITY },
    campaigns: world.campaigns.map(({ priority }) => ({ dials: [], segments: [], open: true, priority, nextSegment: 0 })),
  };
}

/** Takes an element out by moving the last one into its place; tells which moved. */
export function swapOut(list: number[], place: number): number | undefined {
  const last = list.pop()!;
  if (place === list.length) return undefined;
  list[place] = last;
  return last;
}

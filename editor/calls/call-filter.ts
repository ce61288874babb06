import type { Way } from "../../flows/reports/call-facts.ts";
import type { CallsQuery } from "../api/index.ts";

/** A row of the totals that the list is narrowed to, and what it is called. "-" is the row of those without. */
export type ChosenRow = { name: string; flow?: string; way?: Way; reason?: string; outcome?: string };
export type CallsFilter = { flow: string | null; search: string; from: string; to: string; row: ChosenRow | null };

export const noFilter: CallsFilter = { flow: null, search: "", from: "", to: "", row: null };

/** The filter for server requests: totals without a row, the list with one. */
export function queryOf({ flow, from, to, row }: CallsFilter, search: string): { all: CallsQuery; list: CallsQuery } {
  const all = { flow, search, ...dayRange(from, to) };
  if (!row) return { all, list: all };
  const { name: _name, ...narrowed } = row;
  return { all, list: { ...all, ...narrowed } };
}

/** Days in the reader's own time zone, the last one whole. */
export function dayRange(from: string, to: string): { from?: number; to?: number } {
  return { ...(from ? { from: new Date(`${from}T00:00`).getTime() } : {}), ...(to ? { to: new Date(`${to}T23:59:59.999`).getTime() } : {}) };
}

import { describeNumber } from "../../../flows/nodes/caller-info/describe-number.ts";
import { stateOf } from "./zones/area-codes.ts";

/** Whose rules hold for a number: everywhere, its country (or `fallback` when it tells none), its state where an area code presumes one. */
export function jurisdictionsOf(number: string, fallback: string): string[] {
  const country = describeNumber(number, fallback).country || fallback;
  const state = country === "US" ? stateOf(number) : "";
  return ["*", country, ...(state ? [`US-${state}`] : [])];
}

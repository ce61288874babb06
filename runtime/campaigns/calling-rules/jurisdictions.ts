import { describeNumber } from "../../../flows/nodes/caller-info/describe-number.ts";
import { stateOf } from "./zones/area-codes.ts";

/** Jurisdictions of a number: everywhere, its country (or `fallback` if unknown), and its state if the area code implies one. */
export function jurisdictionsOf(number: string, fallback: string): string[] {
  const country = describeNumber(number, fallback).country || fallback;
  const state = country === "US" ? stateOf(number) : "";
  return ["*", country, ...(state ? [`US-${state}`] : [])];
}

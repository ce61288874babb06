import type { AnyStateMachine } from "xstate";
import type { Command } from "../../flows/commands.ts";
import type { Context } from "../../flows/compile/context.ts";
import { resume, restore, save, start, step, type Snapshot, type Step } from "../../flows/compile/step.ts";
import type { CallEvent } from "../../flows/events.ts";
import type { CampaignRow, ContactRow } from "../ports/store.ts";
import type { Value } from "../../flows/schema/values.ts";
import { latinNames } from "./contacts/latin-names.ts";

/** What a contact's strategy wants next, after one event. */
export type Woken = {
  snapshot: Snapshot;
  /** The commands it waits for now. */
  asks: { id: string; node: string; command: Command }[];
  done: boolean;
  outcome: string | null;
  result: Record<string, Value>;
};

/** Starts a new contact's strategy. Throws only on a bug; the caller closes that contact alone. */
export function beginContact(machine: AnyStateMachine, campaign: CampaignRow, contact: ContactRow, at: number): Woken {
  const input = {
    at,
    zone: contact.zone || campaign.zone,
    inputs: campaign.inputs,
    contact: personOf(contact),
    call: { id: contact.id, direction: "outbound", campaign: campaign.id },
  };
  const begun = settled(machine, start(machine, input), at);
  return woken(begun.done ? begun : { ...begun, ...resume(begun.snapshot) });
}

/** Restores a waiting contact without an event: what it waits for. */
export function openContact(machine: AnyStateMachine, contact: ContactRow): Woken {
  const snapshot = restore(machine, contact.snapshot!);
  return woken({ snapshot, ...resume(snapshot), cancels: [], journal: [], done: snapshot.status !== "active" });
}

/** The contact as a flow sees one. */
export const personOf = ({ data, phone, name }: ContactRow): Record<string, Value> => ({ ...latinNames(data), ...data, phone, name });

/** Waking is restore plus one event; the contact is as its row is now. */
export function wakeContact(machine: AnyStateMachine, contact: ContactRow, event: CallEvent): Woken {
  const { context, ...saved } = contact.snapshot!;
  const woke = step(machine, restore(machine, { ...saved, context: { ...context, contact: personOf(contact) } }), event);
  const next = settled(machine, woke, event.at);
  const pending = next.done ? [] : resume(next.snapshot).asks;
  return woken({ ...next, asks: pending });
}

/** A strategy that waits for nothing but its own next step (a long loop) goes on at once. */
function settled(machine: AnyStateMachine, first: Step, at: number): Step {
  let last = first;
  while (!last.done && last.due !== null && last.due <= at) last = step(machine, last.snapshot, { type: "tick", at: last.due });
  return last;
}

function woken({ snapshot, asks, done }: Step): Woken {
  const context = snapshot.context as Context;
  return { snapshot, asks, done, outcome: context.outcome ?? (context.fault ? "fault" : null), result: context.result };
}

/** The contact's row after a step: finished, or waiting with its snapshot. */
export function rowAfter(contact: ContactRow, after: Woken, at: number): ContactRow {
  const base = { ...contact, snapshot: save(after.snapshot), result: after.result, updatedAt: at };
  if (after.done) return { ...base, state: "done", outcome: after.outcome ?? "finished", snapshot: null, dueAt: null };
  return { ...base, state: "active", dueAt: null };
}

import type { AnyStateMachine } from "xstate";
import type { Command } from "../../flows/commands.ts";
import type { Context } from "../../flows/compile/context.ts";
import { resume, restore, save, start, step, type Snapshot, type Step } from "../../flows/compile/step.ts";
import type { CallEvent } from "../../flows/events.ts";
import type { CampaignRow, ContactRow } from "../ports/store.ts";
import type { Value } from "../../flows/schema/values.ts";

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
    contact: { ...contact.data, phone: contact.phone, name: contact.name },
    call: { id: contact.id, direction: "outbound" },
  };
  return woken(start(machine, input));
}

/** Restores a waiting contact without an event: what it waits for. */
export function openContact(machine: AnyStateMachine, contact: ContactRow): Woken {
  const snapshot = restore(machine, contact.snapshot!);
  return woken({ snapshot, ...resume(snapshot), cancels: [], journal: [], done: snapshot.status !== "active" });
}

/** Waking is restore plus one event (house.md §6). */
export function wakeContact(machine: AnyStateMachine, contact: ContactRow, event: CallEvent): Woken {
  const next = step(machine, restore(machine, contact.snapshot!), event);
  const pending = next.done ? [] : resume(next.snapshot).asks;
  return woken({ ...next, asks: pending });
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

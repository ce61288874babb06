import type { NodeDefinition } from "./define-node.ts";
import { businessHours } from "./business-hours/node.ts";
import { collectDigits } from "./collect-digits/node.ts";
import { condition } from "./condition/node.ts";
import { dial } from "./dial/node.ts";
import { finish } from "./finish/node.ts";
import { goto } from "./goto/node.ts";
import { hangup } from "./hangup/node.ts";
import { http } from "./http/node.ts";
import { list } from "./list/node.ts";
import { loop } from "./loop/node.ts";
import { menu } from "./menu/node.ts";
import { milestone } from "./milestone/node.ts";
import { onError } from "./on-error/node.ts";
import { onHangup } from "./on-hangup/node.ts";
import { parallel } from "./parallel/node.ts";
import { play } from "./play/node.ts";
import { race } from "./race/node.ts";
import { record } from "./record/node.ts";
import { runFlow } from "./run-flow/node.ts";
import { saveResult } from "./save-result/node.ts";
import { say } from "./say/node.ts";
import { set } from "./set/node.ts";
import { start } from "./start/node.ts";
import { step } from "./step/node.ts";
import { subflow } from "./subflow/node.ts";
import { switchNode } from "./switch/node.ts";
import { transfer } from "./transfer/node.ts";
import { wait } from "./wait/node.ts";
import { waitUntil } from "./wait-until/node.ts";
import { wrapUp } from "./wrap-up/node.ts";

/** The one explicit list of node types; the palette shows them in this order. */
export const nodeList: readonly NodeDefinition<unknown>[] = [
  start,
  say,
  play,
  menu,
  collectDigits,
  record,
  condition,
  switchNode,
  set,
  loop,
  goto,
  subflow,
  parallel,
  race,
  wait,
  businessHours,
  list,
  http,
  saveResult,
  milestone,
  transfer,
  step,
  dial,
  runFlow,
  waitUntil,
  hangup,
  onHangup,
  onError,
  wrapUp,
  finish,
];

export const nodeTypes: Readonly<Record<string, NodeDefinition<unknown>>> = Object.fromEntries(nodeList.map((definition) => [definition.type, definition]));

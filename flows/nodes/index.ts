import type { NodeDefinition } from "./define-node.ts";
import { amd } from "./amd/node.ts";
import { answer } from "./answer/node.ts";
import { businessHours } from "./business-hours/node.ts";
import { callback } from "./callback/node.ts";
import { callerInfo } from "./caller-info/node.ts";
import { collectDigits } from "./collect-digits/node.ts";
import { collectForm } from "./collect-form/node.ts";
import { collectSpeech } from "./collect-speech/node.ts";
import { condition } from "./condition/node.ts";
import { connectOperator } from "./connect-operator/node.ts";
import { contact } from "./contact/node.ts";
import { crm } from "./crm/node.ts";
import { dial } from "./dial/node.ts";
import { dialByName } from "./dial-by-name/node.ts";
import { finish } from "./finish/node.ts";
import { goto } from "./goto/node.ts";
import { hangup } from "./hangup/node.ts";
import { hold } from "./hold/node.ts";
import { http } from "./http/node.ts";
import { list } from "./list/node.ts";
import { loop } from "./loop/node.ts";
import { manualSwitch } from "./manual-switch/node.ts";
import { menu } from "./menu/node.ts";
import { milestone } from "./milestone/node.ts";
import { notify } from "./notify/node.ts";
import { objections } from "./objections/node.ts";
import { offer } from "./offer/node.ts";
import { onError } from "./on-error/node.ts";
import { onHangup } from "./on-hangup/node.ts";
import { outcome } from "./outcome/node.ts";
import { parallel } from "./parallel/node.ts";
import { play } from "./play/node.ts";
import { queue } from "./queue/node.ts";
import { queueStatus } from "./queue-status/node.ts";
import { race } from "./race/node.ts";
import { rateLimit } from "./rate-limit/node.ts";
import { record } from "./record/node.ts";
import { recordControl } from "./record-control/node.ts";
import { runFlow } from "./run-flow/node.ts";
import { saveResult } from "./save-result/node.ts";
import { say } from "./say/node.ts";
import { screenPop } from "./screen-pop/node.ts";
import { sendDtmf } from "./send-dtmf/node.ts";
import { set } from "./set/node.ts";
import { setLanguage } from "./set-language/node.ts";
import { split } from "./split/node.ts";
import { start } from "./start/node.ts";
import { step } from "./step/node.ts";
import { subflow } from "./subflow/node.ts";
import { switchNode } from "./switch/node.ts";
import { table } from "./table/node.ts";
import { transfer } from "./transfer/node.ts";
import { wait } from "./wait/node.ts";
import { waitUntil } from "./wait-until/node.ts";
import { whisper } from "./whisper/node.ts";
import { wrapUp } from "./wrap-up/node.ts";

/** The explicit list of node types; the palette shows them in this order. */
export const nodeList: readonly NodeDefinition<unknown>[] = [
  start,
  answer,
  say,
  play,
  sendDtmf,
  setLanguage,
  menu,
  collectDigits,
  collectSpeech,
  collectForm,
  record,
  condition,
  switchNode,
  set,
  split,
  loop,
  goto,
  subflow,
  parallel,
  race,
  wait,
  businessHours,
  manualSwitch,
  list,
  callerInfo,
  rateLimit,
  http,
  table,
  contact,
  crm,
  notify,
  saveResult,
  outcome,
  milestone,
  queueStatus,
  queue,
  transfer,
  dialByName,
  callback,
  hold,
  recordControl,
  whisper,
  step,
  objections,
  offer,
  screenPop,
  dial,
  amd,
  connectOperator,
  runFlow,
  waitUntil,
  hangup,
  onHangup,
  onError,
  wrapUp,
  finish,
];

export const nodeTypes: Readonly<Record<string, NodeDefinition<unknown>>> = Object.fromEntries(nodeList.map((definition) => [definition.type, definition]));

import type { FlowRule } from "../rule.ts";

/** The external command of each of these node types. */
const commandOf: Readonly<Record<string, string>> = {
  "collect-speech": "listen",
  "dial-by-name": "listen",
  "record-control": "recordControl",
  "send-dtmf": "dtmf",
  table: "table",
  contact: "contact",
  crm: "crm",
  notify: "notify",
  "rate-limit": "count",
  "manual-switch": "toggle",
  "caller-info": "callerInfo",
  queue: "queue",
  "queue-status": "queueStatus",
  callback: "callback",
  hold: "hold",
  whisper: "whisper",
  "screen-pop": "screenPop",
  amd: "amd",
};

/** A node that works in the simulator but not yet in live calls of this installation. */
export const notAvailable: FlowRule = {
  code: "not-available",
  severity: "info",
  needs: ["shape", "head"],
  check: ({ flow, nodes, environment }) => {
    const missing = new Set(environment.missingCommands ?? []);
    if (missing.size === 0 || flow.kind !== "ivr") return [];
    return nodes
      .filter(({ node }) => Object.hasOwn(commandOf, node.type) && missing.has(commandOf[node.type]!) && node.enabled !== false)
      .map(({ id, definition }) => ({
        node: id,
        message: {
          ru: `«${definition.title.ru}» пока работает только в проверке звонком: в настоящем звонке узел выйдет через error`,
          en: `"${definition.title.en}" works only in the simulator so far: in a real call it leaves by error`,
        },
      }));
  },
};

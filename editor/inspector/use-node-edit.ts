import { exitsOf } from "../../flows/nodes/define-node.ts";
import { nodeTypes } from "../../flows/nodes/index.ts";
import type { Flow } from "../../flows/schema/flow.ts";
import { freeName } from "../document/new-node.ts";
import { together, type Edit } from "../document/edits/edit.ts";
import { disconnect } from "../document/edits/disconnect.ts";
import { setConfig, withValue, type ConfigPath } from "../document/edits/set-config.ts";
import { setPrompt } from "../document/edits/set-prompt.ts";
import { useFlowStore } from "../document/use-flow.ts";

/** Changes of a node form. Edges follow a renamed exit and are removed with a removed exit. */
export function useNodeEdit(node: string) {
  const store = useFlowStore();
  return {
    set: (path: ConfigPath, value: unknown, also: Edit[] = []) => {
      const change = changeConfig(store.get().flow, node, path, value);
      store.edit(
        also.length === 0 && change.length === 1
          ? change[0]!
          : { ...together("set-config", [...also, ...change]), merge: `config:${node}:${path.join(".")}:more` },
      );
    },
    /** A key for a new prompt of this node, and the edits that create it. */
    newPrompt: (name: string): { key: string; edits: Edit[] } => {
      const { flow } = store.get();
      const key = freeName(flow.prompts, name === "prompt" || name === "say" ? node : `${node}-${name.replace("Prompt", "")}`);
      return { key, edits: flow.languages.map((language) => setPrompt(key, language, "")) };
    },
  };
}

function changeConfig(flow: Flow, id: string, path: ConfigPath, value: unknown): Edit[] {
  const before = configExits(flow, id, flow.nodes[id]?.config);
  const after = configExits(flow, id, withValue(flow.nodes[id]?.config, path, value));
  const gone = before.filter((exit) => !after.includes(exit));
  const come = after.filter((exit) => !before.includes(exit));
  if (gone.length === 1 && come.length === 1 && before.length === after.length) return [setConfig(id, path, value, { [gone[0]!]: come[0]! })];
  const edit = setConfig(id, path, value);
  const wired = gone.filter((exit) => exit in (flow.nodes[id]?.exits ?? {}));
  return wired.length > 0 && come.length === 0 ? [edit, disconnect(wired.map((exit) => ({ from: id, exit })))] : [edit];
}

function configExits(flow: Flow, id: string, config: unknown): string[] {
  const definition = nodeTypes[flow.nodes[id]?.type ?? ""];
  const parsed = definition?.config.safeParse(config);
  return definition && parsed?.success ? [...exitsOf(definition, parsed.data)] : [];
}

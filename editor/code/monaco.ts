import * as monaco from "monaco-editor/editor";
import "monaco-editor/languages/features/json/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import JsonWorker from "monaco-editor/language/json/json.worker?worker";

self.MonacoEnvironment = { getWorker: (_id: string, label: string) => (label === "json" ? new JsonWorker() : new EditorWorker()) };

export { monaco };

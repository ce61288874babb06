import { createHash } from "node:crypto";
import { pipelineVersion } from "../audio/prepare-prompt.ts";
import type { SynthesisRequest } from "../ports/speech.ts";

/** The hash of a synthesised prompt: SHA-256 over canonical JSON of everything that changes its sound. */
export function speechKey(synthesizer: string, request: SynthesisRequest, goesOn: boolean): string {
  const { text, language, voice, rate } = request;
  return sha256(canonicalJson({ pipeline: pipelineVersion, synthesizer, voice, language, rate, text, ...(goesOn ? { goesOn: 1 } : {}) }));
}

/** The hash of an uploaded recording. */
export function uploadKey(bytes: Uint8Array): string {
  return sha256(`upload ${pipelineVersion}\n`, bytes);
}

/** Keys in code-point order, no spaces: the same on every machine. */
function canonicalJson(fields: Record<string, string | number>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function sha256(...parts: (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

import type { CallDeps } from "../calls/call-registry.ts";
import type { PromptsOnDisk } from "../calls/stray-files.ts";
import type { ScriptDesk } from "../calls/script-desk.ts";
import type { Campaigns } from "../campaigns/campaigns.ts";
import type { Config } from "../config.ts";

/** Dependencies of the HTTP resources. */
export type HttpDeps = {
  config: Config;
  /** What was to be listened on, before a name became an address. */
  bindName: string;
  calls: CallDeps;
  desk: ScriptDesk;
  campaigns: Campaigns;
  prompts: {
    fromText(prompt: { text: string; language: string; goesOn?: boolean }): Promise<{ hash: string; ms: number }>;
    fromUpload(bytes: Uint8Array): Promise<{ hash: string; ms: number }>;
    wav(hash: string): Promise<Uint8Array | null>;
    onDisk(): Promise<PromptsOnDisk>;
  };
  /** Languages with a voice. */
  voices(): readonly string[];
  sipAddress(): { address: string; port: number } | null;
  version: string;
  startedAt: number;
  templates: string;
};

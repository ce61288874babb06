/** A child that does what its text says: `die`, `hang`, `rubbish`; else gives one second of zeros with its pid first. */
import { createInterface } from "node:readline";
import { type EngineRequest, encodeReply } from "../../../runtime/speech/espeak/reply-frames.ts";

for await (const line of createInterface({ input: process.stdin })) {
  const { id, text } = JSON.parse(line) as EngineRequest;
  if (text === "die") process.exit(3);
  if (text === "hang") for (;;);
  if (text === "rubbish") process.stdout.write("Segmentation fault, or so it seems\n");
  else process.stdout.write(encodeReply({ id, sampleRate: 8000, bytes: new Uint8Array(16000) }));
}

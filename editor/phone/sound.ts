import { address } from "../api/client.ts";

let context: AudioContext | null = null;
const buffers = new Map<string, Promise<AudioBuffer>>();

const open = (): AudioContext => (context ??= new AudioContext());

/** Prompts of the server as sound; every file is fetched once. */
export const sound = {
  load(hash: string): Promise<AudioBuffer> {
    let buffer = buffers.get(hash);
    if (!buffer) {
      buffer = fetch(address(`/prompts/${hash}.wav`)).then(async (response) => {
        if (!response.ok) throw new Error(`prompt ${hash}: ${response.status}`);
        return open().decodeAudioData(await response.arrayBuffer());
      });
      buffer.catch(() => buffers.delete(hash));
      buffers.set(hash, buffer);
    }
    return buffer;
  },
  play(buffer: AudioBuffer, fromMs: number, rate = 1): { stop(): void } {
    const audio = open();
    void audio.resume();
    const source = audio.createBufferSource();
    source.buffer = buffer;
    source.playbackRate.value = rate;
    source.connect(audio.destination);
    source.start(0, Math.min(fromMs / 1000, buffer.duration));
    return {
      stop: () => {
        try {
          source.stop();
        } catch {
          /* it has ended by itself */
        }
      },
    };
  },
  /** The two tones of a telephone key. */
  key(digit: string): void {
    const pair = tones[digit];
    if (!pair) return;
    const audio = open();
    const gain = audio.createGain();
    gain.gain.value = 0.05;
    gain.connect(audio.destination);
    for (const frequency of pair) {
      const tone = audio.createOscillator();
      tone.frequency.value = frequency;
      tone.connect(gain);
      tone.start();
      tone.stop(audio.currentTime + 0.12);
    }
  },
};

const tones: Record<string, [number, number]> = Object.fromEntries(
  ["123", "456", "789", "*0#"].flatMap((row, y) => [...row].map((digit, x) => [digit, [[697, 770, 852, 941][y]!, [1209, 1336, 1477][x]!]])),
);

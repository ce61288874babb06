/** DTMF detection in audio: Goertzel over 102-sample blocks, two equal blocks in a row make a key. */
import { decodeTable, type Law } from "../../audio/g711.ts";
import { dtmfColumns, dtmfKeys, dtmfRows } from "./tones.ts";

const BLOCK = 102;
/** Root mean square of a block below which there is no key in it. */
const LEVEL = 150;
const LOUD = BLOCK * LEVEL * LEVEL;
/** Sampling step within the codes of a packet. */
const STRIDE = 7;
const SHARE = 0.75;
const TWIST = 8;
const coefficients = [...dtmfRows, ...dtmfColumns].map((frequency) => 2 * Math.cos((2 * Math.PI * frequency) / 8000));

export class InbandDigits {
  private readonly block = new Int16Array(BLOCK);
  private filled = 0;
  private last = "";
  private current = "";
  private misses = 0;

  /** Feeds samples; returns the keys that became certain in them. */
  push(samples: Int16Array): string {
    let found = "";
    for (let i = 0; i < samples.length; i++) {
      this.block[this.filled++] = samples[i]!;
      if (this.filled < BLOCK) continue;
      this.filled = 0;
      found += this.judge(keyOf(this.block));
    }
    return found;
  }

  /** No key sounds or has just begun: a packet may be skipped when `mayBeginKey` says that none begins in it. */
  get idle(): boolean {
    return this.current === "" && this.last === "";
  }

  /** So many samples without a tone went by; the next block begins with the next sample. */
  quiet(samples: number): void {
    for (this.filled += samples; this.filled > 0; this.filled -= BLOCK) this.judge("");
    this.filled = 0;
  }

  private judge(key: string): string {
    const equal = key !== "" && key === this.last;
    this.last = key;
    if (key === this.current) this.misses = 0;
    // One damaged block inside a long press must not make two keys of it.
    else if (++this.misses >= 2) this.current = "";
    if (!equal || key === this.current) return "";
    this.current = key;
    this.misses = 0;
    return key;
  }
}

/** False for G.711 codes too quiet to hold a key; for the rest it costs a look at every seventh code. */
export function mayHoldTone(law: Law, codes: Uint8Array): boolean {
  const table = decodeTable(law);
  for (let i = 0; i < codes.length; i += STRIDE) if (Math.abs(table[codes[i]!]!) >= LEVEL) return true;
  return false;
}

/** The share of a row in a block that a key begins in: with the most twist against it, over a little more than half of the block. */
const ROW_SHARE = (0.7 * SHARE) / (1 + TWIST);

/**
 * Whether a key may sound from the first code of a packet on: a quarter of the work of a whole look. A key of 40 ms covers
 * the beginning of some packet of 20 ms and the 13 ms behind it, so that what begins later is found in the next one.
 */
export function mayBeginKey(law: Law, codes: Uint8Array): boolean {
  if (codes.length < BLOCK) return true;
  const table = decodeTable(law);
  let energy = 0;
  for (let i = 0; i < BLOCK; i++) {
    const sample = table[codes[i]!]!;
    begun[i] = sample;
    energy += sample * sample;
  }
  return energy >= LOUD && (2 * strongest(begun, 0).power) / (BLOCK * energy) >= ROW_SHARE;
}
const begun = new Int16Array(BLOCK);

function keyOf(block: Int16Array): string {
  let energy = 0;
  for (let i = 0; i < BLOCK; i++) energy += block[i]! * block[i]!;
  if (energy < LOUD) return "";
  const row = strongest(block, 0);
  const column = strongest(block, 4);
  if (row.power > column.power * TWIST || column.power > row.power * TWIST) return "";
  if ((2 * (row.power + column.power)) / (BLOCK * energy) < SHARE) return "";
  return dtmfKeys[row.index * 4 + column.index]!;
}

function strongest(block: Int16Array, from: number): { index: number; power: number } {
  let index = 0;
  let power = 0;
  for (let k = 0; k < 4; k++) {
    const coefficient = coefficients[from + k]!;
    let s1 = 0;
    let s2 = 0;
    for (let i = 0; i < BLOCK; i++) {
      const s0 = block[i]! + coefficient * s1 - s2;
      s2 = s1;
      s1 = s0;
    }
    const value = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
    if (value > power) {
      power = value;
      index = k;
    }
  }
  return { index, power };
}

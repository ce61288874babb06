/** Tones as PCM16 at 8 kHz. */
const RATE = 8000;
export const dtmfRows = [697, 770, 852, 941] as const;
export const dtmfColumns = [1209, 1336, 1477, 1633] as const;
export const dtmfKeys = "123A456B789C*0#D";

/** Sum of sines with 5 ms ramps against clicks. */
export function tone(frequencies: readonly number[], ms: number, amplitude = 8000): Int16Array {
  const length = Math.round((ms * RATE) / 1000);
  const samples = new Int16Array(length);
  const ramp = Math.min(40, length / 2);
  for (let i = 0; i < length; i++) {
    let value = 0;
    for (const frequency of frequencies) value += Math.sin((2 * Math.PI * frequency * i) / RATE);
    samples[i] = Math.round(value * amplitude * Math.min(1, i / ramp, (length - i) / ramp));
  }
  return samples;
}

/** The two tones of a key (ITU-T Q.23); silence for an unknown one. */
export function dtmfTone(digit: string, ms: number): Int16Array {
  const index = dtmfKeys.indexOf(digit);
  if (index < 0) return new Int16Array(Math.round((ms * RATE) / 1000));
  return tone([dtmfRows[index >> 2]!, dtmfColumns[index & 3]!], ms);
}

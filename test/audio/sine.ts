/** A sine of so many seconds, −1…1. */
export function sine(frequency: number, sampleRate: number, seconds: number, amplitude = 0.5): Float32Array {
  return Float32Array.from({ length: Math.round(sampleRate * seconds) }, (_, i) => amplitude * Math.sin((2 * Math.PI * frequency * i) / sampleRate));
}

/** How strong a frequency is, as amplitude (Goertzel). */
export function strength(samples: ArrayLike<number>, frequency: number, sampleRate: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let [before, last] = [0, 0];
  for (let i = 0; i < samples.length; i++) [before, last] = [last, samples[i]! + turn * last - before];
  return (2 * Math.sqrt(Math.max(0, before * before + last * last - turn * before * last))) / samples.length;
}

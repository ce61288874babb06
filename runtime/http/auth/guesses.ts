/** Wrong passwords by address. */
export type Guesses = {
  /** Seconds until this address may try again; 0 when it may now. */
  wait(address: string): number;
  wrong(address: string): void;
  right(address: string): void;
};

const most = 10;
const windowMs = 60_000;
const remembered = 20_000;

/** After ten wrong ones within a minute nothing is taken from that address until the first of them is a minute old. */
export function guesses(now: () => number = () => performance.now()): Guesses {
  const seen = new Map<string, number[]>();
  const recent = (address: string): number[] => (seen.get(address) ?? []).filter((at) => now() - at < windowMs);
  return {
    wait(address) {
      const times = recent(address);
      return times.length < most ? 0 : Math.max(1, Math.ceil((times[0]! + windowMs - now()) / 1000));
    },
    wrong(address) {
      const times = [...recent(address), now()].slice(-most);
      seen.delete(address);
      if (seen.size >= remembered) seen.delete(seen.keys().next().value!);
      seen.set(address, times);
    },
    right: (address) => void seen.delete(address),
  };
}

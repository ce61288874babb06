/** A leg's id says which media thread carries it, so that every thread knows without being told. */

/** An id for a new leg on the thread that carries fewest of these. */
export function newLegId(name: string, others: Iterable<string>, threads: number): string {
  if (threads === 1) return `${name}.0`;
  const carried = Array.from({ length: threads }, () => 0);
  for (const leg of others) carried[threadOf(leg)]!++;
  return `${name}.${carried.indexOf(Math.min(...carried))}`;
}

/** The same on the thread of another leg. */
export const besideLeg = (name: string, leg: string): string => `${name}.${threadOf(leg)}`;

/** The number of the media thread, from 0. */
export function threadOf(leg: string): number {
  return Number(leg.slice(leg.lastIndexOf(".") + 1)) || 0;
}

/** "media", or "media 1", "media 2" where there are several. */
export const mediaName = (thread: number, threads: number): string => (threads === 1 ? "media" : `media ${thread + 1}`);

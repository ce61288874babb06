/**
 * The known name that was probably meant: the nearest by edit distance (a swap of two neighbours counts as one edit),
 * at most a third of the letters. Null if none is near or two are equally near.
 */
export function nearest(name: string, known: Iterable<string>): string | null {
  const most = Math.max(1, Math.floor(name.length / 3));
  let best = most + 1;
  let found: string | null = null;
  for (const each of new Set(known)) {
    if (each === name || Math.abs(each.length - name.length) > most) continue;
    const distance = lettersApart(name, each);
    if (distance > most || distance > best) continue;
    found = distance === best ? null : each;
    best = distance;
  }
  return found;
}

/** Optimal string alignment distance (Damerau and Levenshtein, each pair of letters swapped once). */
function lettersApart(a: string, b: string): number {
  let older: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      now[j] = Math.min(before[j]! + 1, now[j - 1]! + 1, before[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j]!, older[j - 2]! + 1);
    }
    older = before;
    before = now;
  }
  return before[b.length]!;
}

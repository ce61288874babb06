type Edges = readonly (readonly number[])[];
const known = new WeakMap<Edges, Int32Array>();

/**
 * Number of the strongly connected component of each place; Tarjan's algorithm without recursion, linear.
 * Circles are numbered from the ends back: a place leads only to its own circle and to lower numbers.
 */
export function circles(next: Edges): Int32Array {
  let circle = known.get(next);
  if (!circle) known.set(next, (circle = find(next)));
  return circle;
}

function find(next: Edges): Int32Array {
  const size = next.length;
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const circle = new Int32Array(size).fill(-1);
  const at = new Int32Array(size);
  const open = new Int32Array(size);
  const stack = new Int32Array(size);
  let opened = 0;
  let depth = 0;
  let count = 0;
  let found = 0;
  const enter = (place: number) => {
    index[place] = low[place] = count++;
    open[opened++] = place;
    stack[depth++] = place;
  };
  const leave = (place: number) => {
    depth--;
    if (depth > 0) low[stack[depth - 1]!] = Math.min(low[stack[depth - 1]!]!, low[place]!);
    if (low[place] !== index[place]) return;
    for (let member = -1; member !== place;) {
      member = open[--opened]!;
      circle[member] = found;
    }
    found++;
  };
  for (let root = 0; root < size; root++) {
    if (index[root]! >= 0) continue;
    enter(root);
    while (depth > 0) {
      const place = stack[depth - 1]!;
      const to = next[place]![at[place]!++];
      if (to === undefined) leave(place);
      else if (index[to]! < 0) enter(to);
      else if (circle[to]! < 0) low[place] = Math.min(low[place]!, index[to]!);
    }
  }
  return circle;
}

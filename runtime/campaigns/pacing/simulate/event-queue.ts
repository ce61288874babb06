/** Events in the order of time: a binary heap of (time, what), first in first out among equals is not promised. */
export class EventQueue {
  private times = new Float64Array(1024);
  private items = new Int32Array(1024);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Time of the next event; Infinity if there is none. */
  get nextAt(): number {
    return this.count > 0 ? this.times[0]! : Number.POSITIVE_INFINITY;
  }

  clear(): void {
    this.count = 0;
  }

  push(at: number, item: number): void {
    if (this.count === this.times.length) this.grow();
    const { times, items } = this;
    let index = this.count++;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (times[parent]! <= at) break;
      times[index] = times[parent]!;
      items[index] = items[parent]!;
      index = parent;
    }
    times[index] = at;
    items[index] = item;
  }

  /** Takes the next event; its time is `nextAt` before the call. */
  pop(): number {
    const { times, items } = this;
    const item = items[0]!;
    const last = --this.count;
    const at = times[last]!;
    const moved = items[last]!;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= last) break;
      if (child + 1 < last && times[child + 1]! < times[child]!) child++;
      if (times[child]! >= at) break;
      times[index] = times[child]!;
      items[index] = items[child]!;
      index = child;
    }
    times[index] = at;
    items[index] = moved;
    return item;
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2);
    const items = new Int32Array(this.items.length * 2);
    times.set(this.times);
    items.set(this.items);
    this.times = times;
    this.items = items;
  }
}

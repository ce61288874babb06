/** Figures of one simulated day. Times are seconds. */
export type DayFigures = {
  /** Answers by live people, and those of them that nobody talked to: no operator in time, or taken for a machine. */
  answers: number;
  abandoned: number;
  takenForMachines: number;
  conversations: number;
  dials: number;
  lastDialAt: number;
  loggedS: number;
  busyS: number;
  /** Inbound calls, and those answered within 20 s. */
  inbound: number;
  inboundInTime: number;
  mostLines: number;
  /** Answers and abandoned ones in each five minutes. */
  slots: { answers: number; abandoned: number }[];
  /** Idle gaps of operators and waits of connected callers. */
  idle: Histogram;
  waits: Histogram;
};

export const slotS = 300;

export const dayFigures = (hours: number): DayFigures => ({
  answers: 0,
  abandoned: 0,
  takenForMachines: 0,
  conversations: 0,
  dials: 0,
  lastDialAt: 0,
  loggedS: 0,
  busyS: 0,
  inbound: 0,
  inboundInTime: 0,
  mostLines: 0,
  slots: Array.from({ length: Math.ceil((hours * 3600) / slotS) }, () => ({ answers: 0, abandoned: 0 })),
  idle: new Histogram(0.25, 4000),
  waits: new Histogram(0.05, 1200),
});

/** Counts in bins of equal width; what lies beyond is in the last. */
export class Histogram {
  readonly step: number;
  readonly counts: Float64Array;
  total = 0;

  constructor(step: number, bins: number) {
    this.step = step;
    this.counts = new Float64Array(bins);
  }

  add(value: number): void {
    const bin = Math.min(this.counts.length - 1, Math.max(0, Math.floor(value / this.step)));
    this.counts[bin] = this.counts[bin]! + 1;
    this.total += 1;
  }

  merge(other: Histogram): void {
    for (let bin = 0; bin < this.counts.length; bin++) this.counts[bin] = this.counts[bin]! + other.counts[bin]!;
    this.total += other.total;
  }

  /** Upper edge of the bin that holds the quantile; 0 when empty. */
  quantile(share: number): number {
    let left = share * this.total;
    for (let bin = 0; bin < this.counts.length && this.total > 0; bin++) {
      left -= this.counts[bin]!;
      if (left <= 0) return (bin + 1) * this.step;
    }
    return 0;
  }
}

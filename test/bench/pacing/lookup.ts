import bounds from "../../../runtime/campaigns/pacing/bound/bounds.json" with { type: "json" };
import { valueOf } from "./collect.ts";
import type { Job } from "./jobs.ts";
import type { Result } from "./run-job.ts";

export type Place = Pick<Job, "world" | "agents" | "answerRate"> & { cap?: number; falsePositive?: number; separate?: boolean };

/** Results by place and law; where there are several of a law, the one over most days. */
export class Lookup {
  readonly all: readonly Result[];

  constructor(results: Iterable<Result>) {
    this.all = [...results];
  }

  private at({ world, agents, answerRate, cap = 0.03, falsePositive, separate = false }: Place, law: Job["law"]): Result[] {
    return this.all.filter(
      ({ job }) =>
        job.law === law &&
        job.world === world &&
        job.agents === agents &&
        job.answerRate === answerRate &&
        job.cap === cap &&
        job.amd?.falsePositive === falsePositive &&
        (job.separate ?? false) === separate,
    );
  }

  of(place: Place, law: Job["law"], fits: (job: Job) => boolean = () => true): Result | undefined {
    return this.at(place, law)
      .filter(({ job }) => fits(job))
      .sort((a, b) => b.job.days - a.job.days)[0];
  }

  /** The best of a law's settings within the cap: chosen by the short runs, judged by the long one of the same setting. */
  best(place: Place, law: "vicidial" | "ratio"): Result | undefined {
    const results = this.at(place, law);
    const longest = Math.max(...results.map(({ job }) => job.days));
    const long = results.filter(({ job, summary }) => job.days === longest && summary.abandonment.mean <= job.cap);
    const within = results.filter(({ job, summary }) => summary.abandonment.mean <= job.cap);
    return (long.length > 0 ? long : within).sort((a, b) => valueOf(b) - valueOf(a))[0];
  }

  bound({ agents, answerRate, cap = 0.03 }: Place): number | undefined {
    return bounds.teams.find((row) => row.agents === agents && row.answerRate === answerRate && row.cap === cap)?.occupancy;
  }
}

import type { Clock } from "../../ports/clock.ts";
import type { Clip } from "../../ports/telephony.ts";
import type { HeardClip } from "./far-end.ts";

/** What loops wherever nothing else is heard; each stretch of it is one line of what the far end heard. */
export class SimulatedBackground {
  private readonly clock: Clock;
  private readonly heard: HeardClip[];
  private clip: Clip | undefined;
  private stretch: HeardClip | undefined;

  constructor(clock: Clock, heard: HeardClip[]) {
    this.clock = clock;
    this.heard = heard;
  }

  /** Another one, or none, from now on; `quiet` when nothing else is heard at this moment. */
  set(clips: readonly Clip[], quiet: boolean): void {
    this.pause();
    this.clip = clips.find(({ ms }) => ms > 0);
    if (quiet) this.resume();
  }

  pause(): void {
    if (this.stretch) this.stretch.ms = this.clock.now() - this.stretch.at;
    this.stretch = undefined;
  }

  resume(): void {
    if (!this.clip || this.stretch) return;
    this.stretch = { path: this.clip.path, at: this.clock.now(), ms: 0 };
    this.heard.push(this.stretch);
  }
}

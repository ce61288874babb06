import type { Clock } from "../../../ports/clock.ts";
import { parseParams } from "../message/params.ts";
import { header, type SipRequest } from "../message/sip-message.ts";
import { splitList } from "../message/split-list.ts";
import type { HeaderList } from "../message/write-message.ts";

export const MIN_SE = 90;

/** Session timers (RFC 4028), passive: the far end refreshes; when it forgets, `expired` is called. */
export class SessionTimer {
  private readonly clock: Clock;
  private readonly expired: () => void;
  private cancel: () => void = () => {};

  constructor(clock: Clock, expired: () => void) {
    this.clock = clock;
    this.expired = expired;
  }

  /** True when the asked interval is too small: answer 422 with Min-SE. */
  static tooSmall(request: SipRequest): boolean {
    const asked = interval(request);
    return asked !== undefined && asked < MIN_SE && supportsTimer(request);
  }

  /** Starts or refreshes the timer from an INVITE or UPDATE; returns the headers of the 2xx. */
  refresh(request: SipRequest): HeaderList {
    this.cancel();
    const asked = interval(request);
    const refresher = parseParams((header(request, "session-expires") ?? "").split(";").slice(1).join(";")).get("refresher");
    // We never refresh: when the far end wants us to, there is no timer at all.
    if (asked === undefined || !supportsTimer(request) || refresher === "uas") return [];
    // BYE a little before the end (RFC 4028 §10).
    this.cancel = this.clock.after((asked - Math.min(32, asked / 3)) * 1000, () => this.expired());
    return [
      ["Require", "timer"],
      ["Session-Expires", `${asked};refresher=uac`],
    ];
  }

  stop(): void {
    this.cancel();
  }
}

function interval(request: SipRequest): number | undefined {
  const value = header(request, "session-expires");
  const seconds = value === undefined ? NaN : parseInt(value, 10);
  return seconds > 0 && seconds <= 86_400 ? seconds : undefined;
}

function supportsTimer(request: SipRequest): boolean {
  return (request.headers.get("supported") ?? []).some((value) => splitList(value.toLowerCase()).includes("timer"));
}

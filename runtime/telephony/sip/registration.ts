/** REGISTER as a client for one trunk (RFC 3261 §10.2): refresh before expiry, back off after a refusal. */
import type { Clock } from "../../ports/clock.ts";
import type { Trunk, TrunkState } from "../../ports/telephony.ts";
import { Authenticator } from "./auth/authenticator.ts";
import { trunkUri } from "./call/trunk-line.ts";
import { parseNameAddress } from "./message/name-address.ts";
import { header, type SipResponse } from "./message/sip-message.ts";
import { splitList } from "./message/split-list.ts";
import { parseUri } from "./message/uri.ts";
import type { TransactionLayer } from "./transaction/transaction-layer.ts";
import type { Flow } from "./transport/flow.ts";

type Wiring = {
  trunk: Trunk;
  clock: Clock;
  transactions: TransactionLayer;
  token: () => string;
  contact: (flow: Flow, user?: string) => string;
  locate: (trunk: Trunk, located: (flow: Flow | undefined) => void) => void;
  tell: (state: TrunkState, sipStatus?: number) => void;
};

const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 300_000;

export class Registration {
  private readonly wiring: Wiring;
  private readonly callId: string;
  private readonly tag: string;
  private readonly authenticator: Authenticator;
  private sequence = 0;
  private expires = 300;
  private backoff = FIRST_BACKOFF_MS;
  private stopped = false;
  private cancel: () => void = () => {};

  constructor(wiring: Wiring) {
    this.wiring = wiring;
    this.callId = wiring.token();
    this.tag = wiring.token();
    const { username, password } = wiring.trunk;
    this.authenticator = new Authenticator(username === undefined ? undefined : { username, password: password ?? "" }, wiring.token);
  }

  start(): void {
    this.wiring.tell("registering");
    this.authenticator.reset();
    this.register();
  }

  /** Takes the registration back; best effort. */
  stop(): void {
    this.stopped = true;
    this.cancel();
    if (this.sequence > 0) this.send(0, () => {});
  }

  private register(): void {
    this.send(this.expires, (response) => this.answered(response));
  }

  private send(expires: number, answered: (response: SipResponse | undefined) => void): void {
    const { trunk, transactions, contact, locate } = this.wiring;
    locate(trunk, (flow) => {
      if (!flow) return answered(undefined);
      const uri = trunkUri("", trunk);
      const address = `<sip:${trunk.username ?? ""}@${trunk.host}>`;
      const request = {
        method: "REGISTER",
        uri,
        headers: [
          ["Max-Forwards", "70"],
          ["From", `${address};tag=${this.tag}`],
          ["To", address],
          ["Call-ID", this.callId],
          ["CSeq", `${++this.sequence} REGISTER`],
          ["Contact", contact(flow, trunk.username)],
          ["Expires", String(expires)],
          ...this.authenticator.headers("REGISTER", uri),
        ] as [string, string][],
      };
      transactions.send(request, flow, {
        onResponse: (response) => response.status >= 200 && answered(response),
        onFailure: () => answered(undefined),
      });
    });
  }

  private answered(response: SipResponse | undefined): void {
    if (this.stopped) return;
    if (response && response.status < 300) return this.registered(response);
    const status = response?.status;
    if (response && (status === 401 || status === 407) && this.authenticator.challenged(response)) return this.register();
    const minimum = status === 423 ? parseInt(header(response!, "min-expires") ?? "", 10) : NaN;
    if (minimum > this.expires && minimum <= 86_400) {
      this.expires = minimum;
      return this.register();
    }
    this.wiring.tell("failed", status);
    this.cancel = this.wiring.clock.after(this.backoff, () => this.start());
    this.backoff = Math.min(this.backoff * 2, LONGEST_BACKOFF_MS);
  }

  private registered(response: SipResponse): void {
    this.authenticator.accepted();
    this.backoff = FIRST_BACKOFF_MS;
    this.wiring.tell("registered");
    const granted = this.granted(response);
    this.cancel = this.wiring.clock.after(Math.max(5, granted * 0.85) * 1000, () => this.register());
  }

  /** Seconds granted for our contact, else for all, else what we asked. */
  private granted(response: SipResponse): number {
    for (const value of (response.headers.get("contact") ?? []).flatMap((line) => splitList(line))) {
      const contact = parseNameAddress(value);
      const seconds = parseInt(contact?.params.get("expires") ?? "", 10);
      if (contact && parseUri(contact.uri)?.user === (this.wiring.trunk.username ?? "") && seconds > 0) return seconds;
    }
    const all = parseInt(header(response, "expires") ?? "", 10);
    return all > 0 ? all : this.expires;
  }
}

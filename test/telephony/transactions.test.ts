import { beforeEach, describe, expect, test } from "vitest";
import { parseMessage } from "../../runtime/telephony/sip/message/parse-message.ts";
import type { SipMessage, SipRequest, SipResponse } from "../../runtime/telephony/sip/message/sip-message.ts";
import type { ServerTransaction } from "../../runtime/telephony/sip/transaction/server-transaction.ts";
import { timersFor } from "../../runtime/telephony/sip/transaction/timers.ts";
import { TransactionLayer } from "../../runtime/telephony/sip/transaction/transaction-layer.ts";
import type { Flow } from "../../runtime/telephony/sip/transport/flow.ts";
import { VirtualClock } from "./virtual-clock.ts";

const udp: Flow = { transport: "udp", address: "127.0.0.1", port: 5060 };
const tcp: Flow = { transport: "tcp", address: "127.0.0.1", port: 5060, connection: 1 };

let clock: VirtualClock;
let sent: { at: number; text: string }[];
let failSend: (() => void) | undefined;
let requests: { request: SipRequest; transaction: ServerTransaction }[];
let acks: SipRequest[];
let cancels: number;
let strays: SipResponse[];
let layer: TransactionLayer;
let responses: number[];
let failures: string[];

beforeEach(() => {
  clock = new VirtualClock(0);
  sent = [];
  requests = [];
  acks = [];
  cancels = 0;
  strays = [];
  responses = [];
  failures = [];
  failSend = undefined;
  let branch = 0;
  layer = new TransactionLayer({
    clock,
    send: (text, _flow, onError) => {
      sent.push({ at: clock.now(), text });
      failSend = () => onError?.("gone");
    },
    via: () => ({ text: `SIP/2.0/UDP us:5060;branch=z9hG4bKb${++branch}`, branch: "" }),
    user: {
      onRequest: (request, transaction) => requests.push({ request, transaction }),
      onCancel: () => cancels++,
      onAck: (ack) => acks.push(ack),
      onStrayResponse: (response) => strays.push(response),
    },
  });
});

const user = {
  onResponse: (response: SipResponse) => responses.push(response.status),
  onFailure: (reason: string) => failures.push(reason),
};

function read(text: string): SipMessage {
  const result = parseMessage(text);
  if (!result.ok) throw new Error(result.reason);
  return result.message;
}

function incoming(method: string, branch = "z9hG4bKx", sequence = 1): SipMessage {
  return read(
    `${method} sip:1@us SIP/2.0\r\nVia: SIP/2.0/UDP far:5060;branch=${branch}\r\nFrom: <sip:a@far>;tag=f\r\nTo: <sip:1@us>\r\nCall-ID: c\r\nCSeq: ${sequence} ${method}\r\n\r\n`,
  );
}

function request(method: string): { method: string; uri: string; headers: [string, string][] } {
  return {
    method,
    uri: "sip:1@far",
    headers: [
      ["Max-Forwards", "70"],
      ["From", "<sip:us@us>;tag=u"],
      ["To", "<sip:1@far>"],
      ["Call-ID", "c"],
      ["CSeq", `1 ${method}`],
    ],
  };
}

function response(status: number, method: string, branch = "z9hG4bKb1", tag = "t"): SipMessage {
  return read(
    `SIP/2.0 ${status} X\r\nVia: SIP/2.0/UDP us:5060;branch=${branch}\r\nFrom: <sip:us@us>;tag=u\r\nTo: <sip:1@far>;tag=${tag}\r\nCall-ID: c\r\nCSeq: 1 ${method}\r\n\r\n`,
  );
}

const times = () => sent.map((one) => one.at);

describe("the timer table (RFC 3261 §17, table 4)", () => {
  test("unreliable", () => {
    expect(timersFor(false)).toMatchObject({
      A: 500,
      B: 32_000,
      D: 32_000,
      E: 500,
      F: 32_000,
      G: 500,
      H: 32_000,
      I: 5_000,
      J: 32_000,
      K: 5_000,
      L: 32_000,
      M: 32_000,
    });
  });
  test("reliable", () => {
    expect(timersFor(true)).toMatchObject({ A: 0, B: 32_000, D: 0, E: 0, F: 32_000, G: 0, H: 32_000, I: 0, J: 0, K: 0, L: 32_000, M: 32_000 });
  });
});

describe("INVITE client", () => {
  test("A doubles, B gives up", () => {
    layer.send(request("INVITE"), udp, user);
    clock.advance(40_000);
    expect(times()).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
    expect([failures, layer.size.client]).toEqual([["timeout"], 0]);
  });

  test("no retransmission over TCP, B all the same", () => {
    layer.send(request("INVITE"), tcp, user);
    clock.advance(40_000);
    expect([times(), failures]).toEqual([[0], ["timeout"]]);
  });

  test("a provisional response stops A and B", () => {
    layer.send(request("INVITE"), udp, user);
    layer.receive(response(180, "INVITE"), udp);
    clock.advance(100_000);
    expect([times(), responses, failures]).toEqual([[0], [180], []]);
  });

  test("refusal: ACK with the same branch, again for each repetition, until D", () => {
    layer.send(request("INVITE"), udp, user);
    layer.receive(response(486, "INVITE"), udp);
    layer.receive(response(486, "INVITE"), udp);
    expect(sent.slice(1).map((one) => one.text.split("\r\n").slice(0, 2))).toEqual(
      [1, 2].map(() => ["ACK sip:1@far SIP/2.0", "Via: SIP/2.0/UDP us:5060;branch=z9hG4bKb1"]),
    );
    expect(sent[1]!.text).toContain("To: <sip:1@far>;tag=t\r\n");
    expect(sent[1]!.text).toContain("CSeq: 1 ACK\r\n");
    clock.advance(31_999);
    expect(layer.size.client).toBe(1);
    clock.advance(1);
    expect([layer.size.client, responses]).toEqual([0, [486]]);
  });

  test("2xx: every one to the user until M, also of another fork", () => {
    layer.send(request("INVITE"), udp, user);
    layer.receive(response(200, "INVITE"), udp);
    layer.receive(response(200, "INVITE"), udp);
    layer.receive(response(200, "INVITE", "z9hG4bKb1", "other"), udp);
    expect([responses, times()]).toEqual([[200, 200, 200], [0]]);
    clock.advance(32_000);
    layer.receive(response(200, "INVITE"), udp);
    expect([layer.size.client, strays.length]).toEqual([0, 1]);
  });

  test("a transport error ends it", () => {
    layer.send(request("INVITE"), udp, user);
    failSend!();
    failSend!();
    expect([failures, layer.size.client]).toEqual([["transport"], 0]);
  });

  test("CANCEL shares the branch and is a transaction of its own", () => {
    const invite = layer.send(request("INVITE"), udp, user);
    layer.receive(response(180, "INVITE"), udp);
    layer.send(request("CANCEL"), udp, user, invite);
    expect(sent[1]!.text).toContain("branch=z9hG4bKb1");
    layer.receive(response(200, "CANCEL"), udp);
    layer.receive(response(487, "INVITE"), udp);
    expect(responses).toEqual([180, 200, 487]);
  });
});

describe("non-INVITE client", () => {
  test("E doubles to T2, F gives up", () => {
    layer.send(request("BYE"), udp, user);
    clock.advance(40_000);
    expect(times()).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(failures).toEqual(["timeout"]);
  });

  test("after a provisional response it repeats every T2", () => {
    layer.send(request("BYE"), udp, user);
    layer.receive(response(100, "BYE"), udp);
    clock.advance(9_000);
    expect(times()).toEqual([0, 500, 4_500, 8_500]);
  });

  test("K absorbs repetitions", () => {
    layer.send(request("BYE"), udp, user);
    layer.receive(response(200, "BYE"), udp);
    layer.receive(response(200, "BYE"), udp);
    clock.advance(4_999);
    expect([responses, layer.size.client, strays.length]).toEqual([[200], 1, 0]);
    clock.advance(1);
    expect(layer.size.client).toBe(0);
  });
});

describe("INVITE server", () => {
  test("a repeated INVITE gets the last provisional response", () => {
    layer.receive(incoming("INVITE"), udp);
    layer.receive(incoming("INVITE"), udp);
    expect(sent).toHaveLength(0);
    requests[0]!.transaction.respond(180);
    layer.receive(incoming("INVITE"), udp);
    expect([requests.length, sent.length]).toEqual([1, 2]);
  });

  test("refusal: G repeats up to T2, H fails", () => {
    layer.receive(incoming("INVITE"), udp);
    let failed = "";
    requests[0]!.transaction.onFailure = (reason) => (failed = reason);
    requests[0]!.transaction.respond(486);
    clock.advance(32_000);
    expect(times()).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect([failed, layer.size.server]).toEqual(["no ACK", 0]);
  });

  test("refusal: ACK stops G, I absorbs further ones", () => {
    layer.receive(incoming("INVITE"), udp);
    requests[0]!.transaction.respond(486);
    layer.receive(incoming("ACK"), udp);
    layer.receive(incoming("ACK"), udp);
    clock.advance(4_999);
    expect([times(), layer.size.server, acks.length]).toEqual([[0], 1, 0]);
    clock.advance(1);
    expect(layer.size.server).toBe(0);
  });

  test("2xx: repeated INVITE is absorbed until L, the ACK goes to the user", () => {
    layer.receive(incoming("INVITE"), udp);
    const { transaction } = requests[0]!;
    transaction.respond(200);
    layer.receive(incoming("INVITE"), udp);
    expect([requests.length, sent.length]).toEqual([1, 1]);
    transaction.repeat();
    expect(sent).toHaveLength(2);
    layer.receive(incoming("ACK", "z9hG4bKother"), udp);
    layer.receive(incoming("ACK"), udp);
    expect(acks).toHaveLength(2);
    clock.advance(32_000);
    expect(layer.size.server).toBe(0);
  });

  test("CANCEL: 200 here, the INVITE is told", () => {
    layer.receive(incoming("INVITE"), udp);
    layer.receive(incoming("CANCEL"), udp);
    expect([sent[0]!.text.slice(0, 11), cancels]).toEqual(["SIP/2.0 200", 1]);
    layer.receive(incoming("CANCEL", "z9hG4bKunknown"), udp);
    expect([sent[1]!.text.slice(0, 11), cancels]).toEqual(["SIP/2.0 481", 1]);
  });

  test("a second final response is ignored", () => {
    layer.receive(incoming("INVITE"), udp);
    requests[0]!.transaction.respond(486);
    requests[0]!.transaction.respond(200);
    expect(sent).toHaveLength(1);
  });
});

describe("non-INVITE server", () => {
  test("J keeps the response for repetitions", () => {
    layer.receive(incoming("BYE"), udp);
    requests[0]!.transaction.respond(200);
    layer.receive(incoming("BYE"), udp);
    clock.advance(31_999);
    layer.receive(incoming("BYE"), udp);
    expect([requests.length, sent.length]).toEqual([1, 3]);
    clock.advance(1);
    expect(layer.size.server).toBe(0);
  });

  test("over TCP nothing is kept", () => {
    layer.receive(incoming("BYE"), tcp);
    requests[0]!.transaction.respond(200);
    expect(layer.size.server).toBe(0);
  });

  test("peers of RFC 2543 without the magic cookie are told apart", () => {
    layer.receive(incoming("OPTIONS", "1", 1), udp);
    layer.receive(incoming("OPTIONS", "1", 1), udp);
    layer.receive(incoming("OPTIONS", "1", 2), udp);
    expect(requests).toHaveLength(2);
  });
});

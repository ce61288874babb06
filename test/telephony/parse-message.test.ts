import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMessage } from "../../runtime/telephony/sip/message/parse-message.ts";
import { parseNameAddress } from "../../runtime/telephony/sip/message/name-address.ts";
import { parseUri } from "../../runtime/telephony/sip/message/uri.ts";
import { writeMessage, writeResponse } from "../../runtime/telephony/sip/message/write-message.ts";
import { invalidMessages, validMessages } from "./torture.ts";

describe("torture messages in the manner of RFC 4475", () => {
  for (const [title, text, check] of validMessages) {
    test(`reads: ${title}`, () => {
      const result = parseMessage(Buffer.from(text, "latin1"));
      expect(result.ok ? "" : result.reason).toBe("");
      if (result.ok) check(result.message);
    });
  }
  for (const [title, text, status] of invalidMessages) {
    test(`refuses: ${title}`, () => {
      const result = parseMessage(Buffer.from(text, "latin1"));
      expect(result).toMatchObject({ ok: false, status });
    });
  }
});

describe("bounds", () => {
  const head = validMessages[0]![1].split("\r\n").slice(0, 6).join("\r\n");
  test.each([
    ["64 KB and more", `${head}\r\nX: ${"x".repeat(70_000)}\r\n\r\n`, 513],
    ["more than 100 headers", `${head}\r\n${"X: y\r\n".repeat(120)}\r\n`, 400],
    ["only line feeds", "\n".repeat(60_000), 400],
    ["nothing", "", 400],
  ])("%s", (_title, text, status) => {
    expect(parseMessage(Buffer.from(text, "latin1"))).toMatchObject({ ok: false, status });
  });

  test("lists and parameters are cut, not followed for ever", () => {
    const text = `${head}\r\nContact: ${"<sip:a@b>,".repeat(6_000)}\r\nContent-Length: 0\r\n\r\n`;
    expect(parseMessage(Buffer.from(text, "latin1")).ok).toBe(true);
    expect(parseUri(`sip:a@b${";x=y".repeat(15_000)}`)?.params.size).toBeLessThanOrEqual(60);
  });
});

describe("fuzz", () => {
  const seeds = [...validMessages, ...invalidMessages].map(([, text]) => Buffer.from(text, "latin1"));

  test("any bytes: an answer, never a throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => typeof parseMessage(Buffer.from(bytes)).ok === "boolean"),
      { seed: 4475, numRuns: 500 },
    );
  });

  test("20,000 damaged messages: never a throw, and what is read can be answered", () => {
    const dice = seeded(3261);
    for (let i = 0; i < 20_000; i++) {
      const bytes = mutate(seeds[Math.floor(dice() * seeds.length)]!, dice);
      const result = parseMessage(bytes);
      if (result.ok && result.message.kind === "request") {
        const response = parseMessage(writeResponse(result.message, 400, { toTag: "x" }));
        expect(typeof response.ok).toBe("boolean");
      }
    }
  });

  test("header values cannot break out of their line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (value) => {
        const text = writeMessage("OPTIONS sip:a@b SIP/2.0", [["X-Value", value]]);
        return text.split("\r\n").length === 5 && text.indexOf("\r\n\r\n") === text.length - 4;
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe("URIs and addresses", () => {
  test.each([
    ["sip:1000@127.0.0.1:5070;transport=tcp", { scheme: "sip", user: "1000", host: "127.0.0.1", port: 5070 }],
    ["SIPS:%61lice:secret@Example.COM", { scheme: "sips", user: "alice", host: "example.com" }],
    ["sip:[2001:db8::1]:5061", { user: "", host: "2001:db8::1", port: 5061 }],
    ["tel:+7(495)000-00-00;phone-context=x", { scheme: "tel", user: "+74950000000", host: "" }],
    ["sip:a%zz@h", { user: "a%zz" }],
  ])("%s", (text, expected) => {
    expect(parseUri(text)).toMatchObject(expected);
  });

  test.each(["http://a", "sip:", "sip:a@b:99999", "sip:a@b:0", "tel:abcxyz!", "sip:a b@c", "", ":", "sip:a@[::1"])("not a URI of ours: %s", (text) => {
    expect(parseUri(text)).toBeUndefined();
  });

  test.each([
    ['"A \\"B\\", <C>" <sip:a@b;x=1>;tag=9', { display: 'A "B", <C>', uri: "sip:a@b;x=1", tag: "9" }],
    ["sip:a@b;tag=9", { display: "", uri: "sip:a@b", tag: "9" }],
    ["Bob Smith<sip:a@b>;TAG=9", { display: "Bob Smith", uri: "sip:a@b", tag: "9" }],
  ])("%s", (text, { display, uri, tag }) => {
    const parsed = parseNameAddress(text);
    expect([parsed?.display, parsed?.uri, parsed?.params.get("tag")]).toEqual([display, uri, tag]);
  });
});

function mutate(seed: Buffer, dice: () => number): Buffer {
  const bytes = Buffer.from(seed);
  for (let n = 1 + Math.floor(dice() * 8); n > 0; n--) {
    const at = Math.floor(dice() * bytes.length);
    const how = dice();
    if (how < 0.4) bytes[at] = Math.floor(dice() * 256);
    else if (how < 0.7) bytes[at] = bytes[at]! ^ (1 << Math.floor(dice() * 8));
    else bytes.copy(bytes, at, Math.floor(dice() * bytes.length), Math.floor(dice() * bytes.length));
  }
  return bytes;
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

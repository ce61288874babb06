/** Messages written for this project after the ideas of RFC 4475. */
import { expect } from "vitest";
import type { SipMessage } from "../../runtime/telephony/sip/message/sip-message.ts";

type Lines = readonly string[];
const base: Lines = [
  "OPTIONS sip:1000@example.com SIP/2.0",
  "Via: SIP/2.0/UDP client.example.com:5061;branch=z9hG4bK1",
  "From: <sip:a@example.com>;tag=1",
  "To: <sip:1000@example.com>",
  "Call-ID: torture-1@example.com",
  "CSeq: 1 OPTIONS",
];

function message(lines: Lines, body = ""): string {
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}

/** The base with some lines replaced (by header name) or added. */
function varied(changes: Lines, body = ""): string {
  const names = changes.map((line) => line.split(/[\s:]/)[0]!.toLowerCase());
  const kept = base.filter((line, i) => i === 0 || !names.includes(line.split(":")[0]!.toLowerCase()));
  return message([...kept, ...changes], body);
}

export const validMessages: readonly (readonly [string, string, (message: SipMessage) => void])[] = [
  ["a plain request", message(base), (m) => expect(m).toMatchObject({ kind: "request", method: "OPTIONS", callId: "torture-1@example.com" })],
  [
    "compact forms, odd case, white space, folding",
    message([
      "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0",
      "TO :\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n",
      'f   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>\r\n  ;\r\n  tag = 98asjd8',
      "MaX-fOrWaRdS: 0068",
      "i: wsinv.ndaksdj@192.0.2.1",
      "l    : 0",
      "cseq: 0009\r\n  INVITE",
      "V  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw",
      "s :",
      "NewFangledHeader:   newfangled value\r\n continued newfangled value",
      "v:  SIP  / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8  ,\r\n SIP  /    2.0   / UDP  192.168.255.111   ; branch=\r\n z9hG4bK30239",
      'm:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =\r\n      newvalue ;\r\n  secondparam ; q = 0.33',
    ]),
    (m) => {
      expect(m.via.map((via) => [via.transport, via.host, via.params.get("branch")])).toEqual([
        ["udp", "192.0.2.2", "390skdjuw"],
        ["tcp", "spindle.example.com", "z9hG4bK9ikj8"],
        ["udp", "192.168.255.111", "z9hG4bK30239"],
      ]);
      expect([m.from.params.get("tag"), m.to.params.get("tag"), m.cseq.number]).toEqual(["98asjd8", "1918181833n", 9]);
      expect(m.headers.get("newfangledheader")).toEqual(["newfangled value continued newfangled value"]);
    },
  ],
  [
    "every odd token character",
    message([
      "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0",
      "Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~",
      'To: "BEL:\\\x07 NUL:\\\x01 DEL:\\\x7f" <sip:1_unusual.URI~(to-be!sure)@example.com>',
      "From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%=\"value\";tag=_token~1'+`*%!-.",
      "Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{",
      "CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~",
      "extensionHeader-!.%*+_`'~: \xef\xbb\xbf\xe5\xa4\xa7\xe5\x81\x9c\xe9\x9b\xbb",
      "Content-Length: 0",
    ]),
    (m) => expect(m.from.params.get("tag")).toBe("_token~1'+`*%!-."),
  ],
  [
    "a response with several Via in one line",
    message([
      "SIP/2.0 200 ",
      "Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK1, SIP/2.0/TCP b.example.com;branch=z9hG4bK2;received=[2001:db8::9:255]",
      ...base.slice(2),
    ]),
    (m) => expect([m.kind, m.via.length, m.via[1]!.params.get("received")]).toEqual(["response", 2, "[2001:db8::9:255]"]),
  ],
  ["a body shorter than the datagram", varied(["Content-Length: 3"], "abcdef"), (m) => expect(m.body).toBe("abc")],
  ["no Content-Length in a datagram", message(base, "abc"), (m) => expect(m.body).toBe("abc")],
  ["bare line feeds", message(base).replaceAll("\r\n", "\n"), (m) => expect(m.cseq.number).toBe(1)],
  ["leading empty lines", `\r\n\r\n${message(base)}`, (m) => expect(m.kind).toBe("request")],
  [
    "an unknown scheme in the Request-URI is for the user agent to refuse",
    message([base[0]!.replace("sip:", "nobodyKnows:"), ...base.slice(1)]),
    (m) => expect(m.kind === "request" && m.uri).toContain("nobodyKnows"),
  ],
  ["an empty header value", varied(["Subject:"]), (m) => expect(m.headers.get("subject")).toEqual([""])],
];

export const invalidMessages: readonly (readonly [string, string, number])[] = [
  ["Content-Length larger than the datagram", varied(["Content-Length: 9999"], "abc"), 400],
  ["negative Content-Length", varied(["Content-Length: -999"], "abc"), 400],
  ["two Content-Lengths", varied(["Content-Length: 0", "Content-Length: 0"]), 400],
  ["two From", varied(["From: <sip:a@b>;tag=1", "From: <sip:c@d>;tag=2"]), 400],
  ["two CSeq", varied(["CSeq: 1 OPTIONS", "CSeq: 2 OPTIONS"]), 400],
  ["CSeq too large", varied(["CSeq: 36893488147419103232 OPTIONS"]), 400],
  ["CSeq of another method", varied(["CSeq: 8 INVITE"]), 400],
  ["unterminated quotes", varied(['To: "Mr. J. User <sip:j.user@example.com>']), 400],
  ["angle bracket never closed", varied(["To: <sip:j.user@example.com"]), 400],
  ["spaces in the Request-URI", message([base[0]!.replace("sip:1000@", "sip:1000; lr@"), ...base.slice(1)]), 400],
  ["angle brackets around the Request-URI with spaces", message(["OPTIONS <sip:a@b> x SIP/2.0", ...base.slice(1)]), 400],
  ["an unknown version", message([base[0]!.replace("SIP/2.0", "SIP/7.0"), ...base.slice(1)]), 505],
  ["a nonsense version", message([base[0]!.replace("SIP/2.0", "HTTP/1.1"), ...base.slice(1)]), 400],
  ["no Via", message([base[0]!, ...base.slice(2)]), 400],
  ["no Call-ID", message(base.filter((line) => !line.startsWith("Call-ID"))), 400],
  ["no CSeq", message(base.filter((line) => !line.startsWith("CSeq"))), 400],
  ["a header line without a colon", varied(["Nonsense"]), 400],
  ["a status of four digits", message(["SIP/2.0 4294967301 better not break the receiver", ...base.slice(1)]), 0],
  ["a Via of garbage", varied(["Via: SIP/2.0/UDP ;;,;,,"]), 400],
];

import { expect, test } from "vitest";
import { authorize, digestResponse, parseChallenge } from "../../runtime/telephony/sip/auth/digest.ts";

const rfc2617 = 'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
const rfc7616 =
  'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

test("MD5 with qop: the example of RFC 2617 §3.5", () => {
  const response = digestResponse(
    parseChallenge([rfc2617])!,
    { username: "Mufasa", password: "Circle Of Life" },
    { method: "GET", uri: "/dir/index.html", cnonce: "0a4f113b", nc: 1 },
  );
  expect(response).toBe("6629fae49393a05397450978507c4ef1");
});

test("SHA-256: the example of RFC 7616 §3.9.1", () => {
  const request = { method: "GET", uri: "/dir/index.html", cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", nc: 1 };
  const credentials = { username: "Mufasa", password: "Circle of Life" };
  expect(digestResponse(parseChallenge([rfc7616])!, credentials, request)).toBe("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
});

test("MD5: the example of RFC 7616 §3.9.1", () => {
  const request = { method: "GET", uri: "/dir/index.html", cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", nc: 1 };
  const challenge = parseChallenge([rfc7616.replace("SHA-256", "MD5")])!;
  expect(digestResponse(challenge, { username: "Mufasa", password: "Circle of Life" }, request)).toBe("8ca523f5e9506fed4657c9700eebdbec");
});

test("without qop: RFC 2069 style", () => {
  const challenge = parseChallenge(['Digest realm="r", nonce="n"'])!;
  const header = authorize(challenge, { username: "u", password: "p" }, { method: "REGISTER", uri: "sip:h", cnonce: "c", nc: 1 });
  expect(header).not.toContain("qop");
  expect(header).toMatch(/response="[0-9a-f]{32}"/);
});

test("the header quotes, counts and repeats opaque", () => {
  const header = authorize(parseChallenge([rfc2617])!, { username: 'a"b', password: "p" }, { method: "INVITE", uri: "sip:1@h", cnonce: "c", nc: 10 });
  expect(header).toContain('username="a\\"b"');
  expect(header).toContain("nc=0000000a");
  expect(header).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
});

test.each([
  [
    "the strongest of several",
    ['Digest realm="r", nonce="1", algorithm=MD5', 'Digest realm="r", nonce="2", algorithm=SHA-256'],
    { nonce: "2", algorithm: "SHA-256" },
  ],
  [
    "an unknown algorithm is passed over",
    ['Digest realm="r", nonce="1", algorithm=SHA-512-256', 'Digest realm="r", nonce="2"'],
    { nonce: "2", algorithm: "MD5" },
  ],
  ["stale", ['Digest realm="r", nonce="1", stale=TRUE'], { stale: true }],
  ["a comma in quotes", ['Digest realm="a, b", nonce="1"'], { realm: "a, b" }],
])("challenge: %s", (_title, values, expected) => {
  expect(parseChallenge(values)).toMatchObject(expected);
});

test.each([["Basic realm=x"], ['Digest realm="r"'], ['Digest realm="r", nonce="1", qop="auth-int"'], [""]])("no challenge for us: %s", (value) => {
  expect(parseChallenge([value])).toBeUndefined();
});

import { createHmac } from "node:crypto";

/**
 * The signature of a request: `t=<seconds>,v1=<hex>`, where hex is HMAC-SHA-256 of "<seconds>.<body>" with the shared
 * secret. The receiver checks both the sum and that the time is not old. Empty when there is no secret.
 */
export function signBody(body: string, secret: string, at: number): Record<string, string> {
  if (secret === "") return {};
  const seconds = Math.floor(at / 1000);
  return { "x-sufler-signature": `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}` };
}

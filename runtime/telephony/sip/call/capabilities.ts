import type { HeaderList } from "../message/write-message.ts";

export const allowedMethods = ["INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "INFO", "UPDATE", "REFER", "NOTIFY", "PRACK"] as const;
export const supportedExtensions: readonly string[] = ["timer", "100rel"];

export const allowHeader = ["Allow", allowedMethods.join(", ")] as const;
export const serverHeader = ["Server", "Sufler"] as const;
export const supportedHeader = ["Supported", supportedExtensions.join(", ")] as const;
export const sdpType = ["Content-Type", "application/sdp"] as const;

/** Headers of a 200 to OPTIONS (RFC 3261 §11.2). */
export const optionsHeaders: HeaderList = [
  allowHeader,
  ["Accept", "application/sdp, application/dtmf-relay, application/dtmf, message/sipfrag"],
  ["Accept-Encoding", "identity"],
  ["Accept-Language", "en"],
  supportedHeader,
  serverHeader,
];

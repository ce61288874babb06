/** The part of SDP (RFC 8866) that a G.711 endpoint needs. */
export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

export type MediaLine = {
  kind: string;
  port: number;
  protocol: string;
  formats: string[];
  /** Connection address of the media or of the session; "" when none. */
  address: string;
  direction: Direction;
  /** rtpmap by payload type: "PCMU/8000". */
  maps: Map<string, string>;
};

export type Sdp = { media: MediaLine[] };

const MAX_LINES = 500;
const directions: readonly string[] = ["sendrecv", "sendonly", "recvonly", "inactive"];

/** Parses an SDP body; undefined if it is not SDP. Never throws. */
export function parseSdp(body: string): Sdp | undefined {
  const lines = body.split(/\r?\n/, MAX_LINES);
  // RFC 8866 §5.1: there is no version but 0.
  if (lines[0]?.trim() !== "v=0") return undefined;
  const media: MediaLine[] = [];
  let sessionAddress = "";
  let sessionDirection: Direction = "sendrecv";
  for (const line of lines) {
    const value = line.slice(2).trim();
    const current = media[media.length - 1];
    if (line.startsWith("m=")) {
      const added = parseMedia(value, sessionAddress, sessionDirection);
      if (!added) return undefined;
      media.push(added);
    } else if (line.startsWith("c=")) {
      const address = parseConnection(value);
      if (current) current.address = address;
      else sessionAddress = address;
    } else if (line.startsWith("a=")) {
      if (directions.includes(value)) {
        if (current) current.direction = asDirection(value);
        else sessionDirection = asDirection(value);
      } else if (current) readMap(value, current);
    }
  }
  return { media };
}

function parseMedia(value: string, address: string, direction: Direction): MediaLine | undefined {
  const [kind, port, protocol, ...formats] = value.split(/\s+/);
  const number = /^\d{1,5}(\/\d+)?$/.test(port ?? "") ? parseInt(port!, 10) : -1;
  if (!kind || !/^[\w-]+$/.test(kind) || number < 0 || number > 65535 || !protocol) return undefined;
  return { kind, port: number, protocol: protocol.toUpperCase(), formats: formats.slice(0, 64), address, direction, maps: new Map() };
}

function parseConnection(value: string): string {
  const match = /^IN\s+IP[46]\s+([^\s/]+)/i.exec(value);
  return match?.[1] ?? "";
}

function readMap(value: string, media: MediaLine): void {
  const match = /^rtpmap:\s*(\d{1,3})\s+(\S+)/i.exec(value);
  if (match && media.maps.size < 64) media.maps.set(match[1]!, match[2]!.toUpperCase());
}

function asDirection(value: string): Direction {
  if (value === "sendonly" || value === "recvonly" || value === "inactive") return value;
  return "sendrecv";
}

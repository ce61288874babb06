/** The least that any server on node:dgram does: for each call one socket, a packet out each 20 ms, packets in thrown away. */
import { createSocket, type Socket } from "node:dgram";

const [calls = "0"] = process.argv.slice(2);
const packet = Buffer.alloc(172, 0xff).fill(0, 0, 12);
packet[0] = 0x80;
type Line = { socket: Socket; port: number; peer: { address: string; port: number } | undefined; timestamp: number };

const lines = await Promise.all(
  Array.from(
    { length: Number(calls) },
    () =>
      new Promise<Line>((resolve) => {
        const socket = createSocket({ type: "udp4", lookup: (host, _options, done) => done(null, host, 4) });
        socket.bind(0, "127.0.0.1", () => {
          const line: Line = { socket, port: socket.address().port, peer: undefined, timestamp: 0 };
          socket.on("message", (_bytes, { address, port }) => (line.peer ??= { address, port }));
          resolve(line);
        });
      }),
  ),
);
let due = performance.now() + 5;
let count = 0;
function beat(): void {
  for (let i = count % 4; i < lines.length; i += 4) send(lines[i]!);
  count++;
  due += 5;
  if (performance.now() - due > 200) due = performance.now();
  setTimeout(beat, Math.max(0, due - performance.now()));
}
function send(line: Line): void {
  if (!line.peer) return;
  const bytes = Buffer.from(packet);
  bytes.writeUInt32BE((line.timestamp = (line.timestamp + 160) >>> 0), 4);
  line.socket.send(bytes, line.peer.port, line.peer.address);
}
beat();
process.on("disconnect", () => process.exit(0));
process.send!({ ports: lines.map(({ port }) => port) });

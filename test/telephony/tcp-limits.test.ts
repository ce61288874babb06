/** Who may hold a TCP connection: not one that never finishes a message, not one address many of them. */
import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { tcpLimits, TcpTransport, type TcpLimits } from "../../runtime/telephony/sip/transport/tcp-transport.ts";
import { pass, until } from "./until.ts";

const message = "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n";
const sockets: Socket[] = [];
const transports: TcpTransport[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(transports.splice(0).map((transport) => transport.close()));
});

async function listen(limits: Partial<TcpLimits>, welcome?: (address: string) => boolean) {
  const received: string[] = [];
  const transport = new TcpTransport(
    (bytes) => void received.push(bytes.toString("latin1")),
    () => {},
    { ...tcpLimits, ...limits },
    welcome,
  );
  transports.push(transport);
  const port = await transport.bind("127.0.0.1", 0);
  return { received, port, transport };
}

async function caller(port: number, from = "127.0.0.1"): Promise<{ socket: Socket; closed: () => boolean }> {
  const socket = connect({ port, host: "127.0.0.1", localAddress: from });
  sockets.push(socket);
  let closed = false;
  socket.on("error", () => {});
  socket.on("close", () => (closed = true));
  await until(() => closed || socket.readyState === "open");
  return { socket, closed: () => closed };
}

/** Writes byte by byte until the peer closes or all is written. */
async function trickle(socket: Socket, text: string, everyMs: number, closed: () => boolean): Promise<number> {
  let written = 0;
  for (; written < text.length && !closed(); written++) {
    socket.write(text[written]!);
    await pass(everyMs);
  }
  return written;
}

test("a message that trickles in is cut off at its limit, however often a byte comes", async () => {
  const { port, received } = await listen({ partialMs: 150 });
  const { socket, closed } = await caller(port);
  const written = await trickle(socket, message.repeat(50), 10, closed);
  expect(closed()).toBe(true);
  expect(written).toBeLessThan(message.length);
  expect(received).toEqual([]);
});

test("a connection that has to say a first message says it in time, or goes, even if it keeps alive", async () => {
  const { port } = await listen({ firstMs: 200 });
  const { socket, closed } = await caller(port);
  await trickle(socket, "\r\n".repeat(500), 10, closed);
  expect(closed()).toBe(true);
  const good = await caller(port);
  good.socket.write(message);
  await pass(400);
  expect(good.closed()).toBe(false);
});

test("whole messages in odd pieces are no trickle: each has the limit for itself", async () => {
  const { port, received } = await listen({ partialMs: 300 });
  const { socket, closed } = await caller(port);
  const text = message.repeat(8);
  for (let at = 0; at < text.length; at += 30) {
    socket.write(text.slice(at, at + 30));
    await pass(40);
  }
  await until(() => received.length === 8);
  expect(closed()).toBe(false);
});

test("connections of one address are bounded, other addresses are served", async () => {
  const { port } = await listen({ perAddress: 3 });
  const many: Awaited<ReturnType<typeof caller>>[] = [];
  for (let i = 0; i < 5; i++) many.push(await caller(port));
  await until(() => many.filter(({ closed }) => closed()).length === 2);
  const other = await caller(port, "127.0.0.2");
  await pass(50);
  expect(other.closed()).toBe(false);
});

test("when all are taken, one that never said a message gives way to a caller and to our own call", async () => {
  const { port, received, transport } = await listen({ connections: 3, perAddress: 9 });
  const speaks = await caller(port);
  speaks.socket.write(message);
  await until(() => received.length === 1);
  const silent = [await caller(port, "127.0.0.2"), await caller(port, "127.0.0.2")];
  const fresh = await caller(port, "127.0.0.3");
  await until(() => silent[0]!.closed());
  expect([speaks.closed(), fresh.closed(), silent[1]!.closed()]).toEqual([false, false, false]);
  const far = await listen({});
  const errors: string[] = [];
  transport.send(message, { transport: "tcp", address: "127.0.0.1", port: far.port }, (reason) => errors.push(reason));
  await until(() => far.received.length === 1);
  expect(errors).toEqual([]);
});

test("an address that may not call may not connect", async () => {
  const { port } = await listen({}, (address) => address !== "127.0.0.9");
  const stranger = await caller(port, "127.0.0.9");
  await until(() => stranger.closed());
  const known = await caller(port);
  expect(known.closed()).toBe(false);
});

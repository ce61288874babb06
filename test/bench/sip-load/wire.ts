import { createSocket, type Socket } from "node:dgram";
import type { Address } from "./caller.ts";

/** Where the packets of a line go out and come in. */
export type Wire = {
  readonly port: number;
  /** From now on packets of this address are the line's. */
  aim(target: Address, take: (bytes: Buffer) => void): void;
  send(bytes: Buffer, target: Address): void;
  close(): void;
};

/** A socket of its own for each line, as a telephone has it. */
export async function ownWire(): Promise<Wire> {
  const socket = await bound();
  return {
    port: socket.address().port,
    aim: (_target, take) => void socket.on("message", take),
    send: (bytes, { host, port }) => socket.send(bytes, port, host),
    close: () => socket.close(),
  };
}

const LINES_PER_SOCKET = 128;

/**
 * Many lines on one socket, told apart by the server's port, which is each call's own. A caller that has to carry a loaded server
 * needs it: one wake-up reads many packets. Give it a process with `--test-udp-no-try-send`, so that one system call sends many, too.
 */
export function sharedWires(): () => Promise<Wire> {
  let socket: Promise<Socket> | undefined;
  let lines = 0;
  let takers = new Map<number, (bytes: Buffer) => void>();
  return async () => {
    if (lines++ % LINES_PER_SOCKET === 0) {
      const mine = (takers = new Map());
      socket = bound().then((made) => made.on("message", (bytes, from) => mine.get(from.port)?.(bytes)));
    }
    const by = takers;
    const here = await socket!;
    let aimed = 0;
    return {
      port: here.address().port,
      aim: ({ port }, take) => {
        aimed = port;
        by.set(port, take);
      },
      send: (bytes, { host, port }) => here.send(bytes, port, host),
      close: () => {
        by.delete(aimed);
        here.unref();
      },
    };
  };
}

function bound(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: "udp4", recvBufferSize: 4 << 20, lookup: (host, _options, done) => done(null, host, 4) });
    socket.once("error", reject);
    socket.bind(0, "127.0.0.1", () => {
      socket.off("error", reject).on("error", () => {});
      resolve(socket);
    });
  });
}

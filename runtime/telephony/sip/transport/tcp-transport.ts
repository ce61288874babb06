import { connect, createServer, type Server, type Socket } from "node:net";
import type { Flow, Receive } from "./flow.ts";
import { StreamFramer } from "./stream-framer.ts";

export type TcpLimits = {
  connections: number;
  perAddress: number;
  idleMs: number;
  /** From the first byte of a message to its last, however they trickle. */
  partialMs: number;
  /** From the connection to its first whole message. */
  firstMs: number;
  pendingBytes: number;
  connectMs: number;
};

export const tcpLimits: TcpLimits = {
  connections: 2_000,
  perAddress: 100,
  idleMs: 10 * 60_000,
  partialMs: 10_000,
  firstMs: 20_000,
  pendingBytes: 1 << 20,
  connectMs: 5_000,
};

type Connection = {
  id: number;
  socket: Socket;
  address: string;
  port: number;
  framer: StreamFramer;
  /** Runs while a message is unfinished. */
  partial?: NodeJS.Timeout | undefined;
  /** Runs until the first message of a caller. */
  first?: NodeJS.Timeout | undefined;
  problem?: string;
};

/** SIP over TCP: accepts, connects and reuses connections (RFC 3261 §18); every buffer and wait is bounded. */
export class TcpTransport {
  private readonly server: Server;
  private readonly connections = new Map<number, Connection>();
  private readonly byPeer = new Map<string, Connection>();
  private readonly receive: Receive;
  private readonly onProblem: (error: unknown) => void;
  private readonly limits: TcpLimits;
  private readonly welcome: (address: string) => boolean;
  private nextId = 1;

  /** `welcome`: whether an address may connect at all. */
  constructor(receive: Receive, onProblem: (error: unknown) => void, limits = tcpLimits, welcome: (address: string) => boolean = () => true) {
    this.receive = receive;
    this.onProblem = onProblem;
    this.limits = limits;
    this.welcome = welcome;
    this.server = createServer({ noDelay: true }, (socket) => this.accept(socket));
  }

  /** Listens; rejects with the system's error. */
  bind(address: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen({ host: address, port, exclusive: true }, () => {
        this.server.off("error", reject);
        this.server.on("error", this.onProblem);
        const bound = this.server.address();
        resolve(typeof bound === "object" && bound ? bound.port : port);
      });
    });
  }

  /** Sends on the flow's connection, on another one to the same peer, or on a new one. */
  send(text: string, flow: Flow, onError?: (reason: string) => void): void {
    const known = flow.connection === undefined ? undefined : this.connections.get(flow.connection);
    const connection = known ?? this.byPeer.get(`${flow.address}:${flow.port}`) ?? this.open(flow);
    if (!connection) return queueMicrotask(() => onError?.("too many connections"));
    if (connection.socket.writableLength > this.limits.pendingBytes) {
      connection.socket.destroy();
      return queueMicrotask(() => onError?.("peer does not read"));
    }
    connection.socket.write(text, "latin1", (error) => {
      // The system's own error comes right after that of the stream.
      if (error) setImmediate(() => onError?.(connection.problem ?? error.message));
    });
  }

  close(): Promise<void> {
    for (const connection of this.connections.values()) connection.socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** Stops listening so that `bind` may be tried again. */
  release(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private accept(socket: Socket): void {
    const address = socket.remoteAddress ?? "";
    let same = 0;
    for (const connection of this.connections.values()) if (connection.address === address) same++;
    if (!this.welcome(address) || same >= this.limits.perAddress || (this.connections.size >= this.limits.connections && !this.makeRoom())) {
      socket.destroy();
      return;
    }
    const connection = this.adopt(socket, address, socket.remotePort ?? 0);
    connection.first = setTimeout(() => socket.destroy(), this.limits.firstMs);
  }

  /** The oldest caller that has not said a whole message gives way. */
  private makeRoom(): boolean {
    for (const connection of this.connections.values()) {
      if (!connection.first) continue;
      this.forget(connection);
      connection.socket.destroy();
      return true;
    }
    return false;
  }

  private open(flow: Flow): Connection | undefined {
    if (this.connections.size >= this.limits.connections && !this.makeRoom()) return undefined;
    const socket = connect({ host: flow.address, port: flow.port, noDelay: true });
    const guard = setTimeout(() => socket.destroy(new Error("connect timed out")), this.limits.connectMs);
    socket.once("connect", () => clearTimeout(guard));
    socket.once("close", () => clearTimeout(guard));
    return this.adopt(socket, flow.address, flow.port);
  }

  private adopt(socket: Socket, address: string, port: number): Connection {
    const connection: Connection = { id: this.nextId++, socket, address, port, framer: new StreamFramer() };
    this.connections.set(connection.id, connection);
    this.byPeer.set(`${address}:${port}`, connection);
    socket.setTimeout(this.limits.idleMs, () => socket.destroy());
    socket.on("error", (error) => {
      connection.problem = error.message;
      socket.destroy();
    });
    socket.on("close", () => this.forget(connection));
    socket.on("data", (chunk) => this.take(connection, chunk));
    return connection;
  }

  private forget(connection: Connection): void {
    clearTimeout(connection.partial);
    clearTimeout(connection.first);
    this.connections.delete(connection.id);
    const peer = `${connection.address}:${connection.port}`;
    if (this.byPeer.get(peer) === connection) this.byPeer.delete(peer);
  }

  private take(connection: Connection, chunk: Buffer): void {
    const framed = connection.framer.push(chunk);
    for (let i = 0; i < framed.pings; i++) connection.socket.write("\r\n");
    for (const message of framed.messages) {
      try {
        this.receive(message, { transport: "tcp", address: connection.address, port: connection.port, connection: connection.id });
      } catch (error) {
        this.onProblem(error);
      }
    }
    if (framed.error) return void connection.socket.destroy();
    this.watchPartial(connection, framed.messages.length > 0);
  }

  /** The limit of an unfinished message runs on with each of its bytes; a whole one ends it. */
  private watchPartial(connection: Connection, whole: boolean): void {
    if (whole) {
      clearTimeout(connection.first);
      connection.first = undefined;
    }
    if (whole || !connection.framer.partial) {
      clearTimeout(connection.partial);
      connection.partial = undefined;
    }
    if (connection.framer.partial) connection.partial ??= setTimeout(() => connection.socket.destroy(), this.limits.partialMs);
  }
}

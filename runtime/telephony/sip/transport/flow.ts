/** Where a message came from or goes to. A TCP flow names its connection, which is preferred while it lives. */
export type Flow = { transport: "udp" | "tcp"; address: string; port: number; connection?: number };

/** Sends text (one character a byte). `onError` is called at most once, asynchronously. */
export type SendText = (text: string, flow: Flow, onError?: (reason: string) => void) => void;

/** Calls back with the system's words when the peer's port turns out to be closed; else never. */
export type ListenForRefusal = (flow: Flow, refused: (reason: string) => void) => void;

export type Receive = (bytes: Buffer, flow: Flow) => void;

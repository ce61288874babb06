/** Messages to another thread: those of one turn of the event loop go together, since each message by itself wakes the other thread. */
export class PostBatch<Message> {
  private readonly port: { postMessage(messages: Message[]): void };
  private waiting: Message[] = [];

  constructor(port: { postMessage(messages: Message[]): void }) {
    this.port = port;
  }

  post(message: Message): void {
    if (this.waiting.push(message) === 1) setImmediate(() => this.flush());
  }

  /** At once: before the port is closed. */
  flush(): void {
    const messages = this.waiting;
    this.waiting = [];
    if (messages.length > 0) this.port.postMessage(messages);
  }
}

/** Takes what a PostBatch has sent, in order. */
export function eachOf<Message>(take: (message: Message) => void): (messages: readonly Message[]) => void {
  return (messages) => {
    for (const message of messages) take(message);
  };
}

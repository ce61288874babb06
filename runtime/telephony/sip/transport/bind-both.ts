import type { TcpTransport } from "./tcp-transport.ts";
import type { UdpTransport } from "./udp-transport.ts";

const TRIES = 20;

/** Binds UDP and TCP to the same port; with port 0 it looks for one that is free for both. */
export async function bindBoth(udp: UdpTransport, tcp: TcpTransport, address: string, port: number): Promise<number> {
  if (port !== 0) {
    await tcp.bind(address, port);
    return udp.bind(address, port);
  }
  // TCP first: a failed UDP bind leaves nothing behind, and the TCP side can be closed and asked again.
  for (let i = 0; ; i++) {
    const candidate = await tcp.bind(address, 0);
    try {
      return await udp.bind(address, candidate);
    } catch (error) {
      await tcp.release();
      if (i >= TRIES) throw error;
    }
  }
}

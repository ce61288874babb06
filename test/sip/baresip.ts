import { mkdtempSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wavHeader } from "../../runtime/telephony/media/wav-header.ts";
import { pass } from "../telephony/until.ts";
import { end, freePort, start, type Running } from "./tools.ts";

export type Baresip = {
  port: number;
  /** Commands of its menu: dial, sndcode, hangup, hold, resume, quit. */
  command(name: string, params?: string): void;
  /** Types of the events it told, e.g. CALL_ESTABLISHED. */
  events: string[];
  output: () => string;
  stop(): Promise<void>;
};

/** Starts baresip without sound or screen, driven over its control port. */
export async function startBaresip(options: { answer?: boolean } = {}): Promise<Baresip> {
  // Its ports may be taken between our look and its own: then once more with others.
  for (let tries = 1; ; tries++) {
    try {
      return await launch(options);
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

async function launch(options: { answer?: boolean }): Promise<Baresip> {
  const folder = mkdtempSync(join(tmpdir(), "sufler-baresip-"));
  const port = await freePort();
  const control = await freePort();
  const samples = Buffer.alloc(8000 * 2 * 60);
  writeFileSync(join(folder, "silence.wav"), Buffer.concat([wavHeader(1, samples.length), samples]));
  writeFileSync(join(folder, "accounts"), `<sip:phone@127.0.0.1>;regint=0${options.answer ? ";answermode=auto" : ""}\n`);
  writeFileSync(
    join(folder, "config"),
    [
      "module_path /usr/lib/baresip/modules",
      `sip_listen 127.0.0.1:${port}`,
      "net_interface 127.0.0.1",
      `ctrl_tcp_listen 127.0.0.1:${control}`,
      `audio_source aufile,${join(folder, "silence.wav")}`,
      `audio_player aufile,${join(folder, "heard.wav")}`,
      "audio_alert aufile,/dev/null",
      "rtp_stats no",
      "module g711.so",
      "module aufile.so",
      "module_app account.so",
      "module_app menu.so",
      "module_app ctrl_tcp.so",
      "",
    ].join("\n"),
  );
  writeFileSync(join(folder, "contacts"), "");
  const running: Running = start("baresip", ["-f", folder], folder);
  const socket = await reach(control, running);
  const events: string[] = [];
  readNetstrings(socket, (text) => {
    const message: unknown = JSON.parse(text);
    if (typeof message === "object" && message && "type" in message) events.push(String(message.type));
  });
  return {
    port,
    events,
    command(name, params = "") {
      const text = JSON.stringify({ command: name, params, token: "t" });
      socket.write(`${Buffer.byteLength(text)}:${text},`);
    },
    output: running.output,
    async stop() {
      socket.destroy();
      await end(running);
    },
  };
}

/** Connects as soon as baresip listens. */
async function reach(port: number, running: Running): Promise<Socket> {
  for (let i = 0; i < 200; i++) {
    const socket = await new Promise<Socket | undefined>((resolve) => {
      const trying = connect({ host: "127.0.0.1", port }, () => resolve(trying));
      trying.once("error", () => resolve(undefined));
    });
    if (socket) return socket.on("error", () => {});
    if (running.child.exitCode !== null) break;
    await pass(50);
  }
  await end(running);
  throw new Error(`baresip does not listen:\n${running.output()}`);
}

function readNetstrings(socket: Socket, take: (text: string) => void): void {
  let buffer = "";
  socket.on("data", (chunk) => {
    buffer += chunk.toString("utf8");
    for (;;) {
      const match = /^(\d+):/.exec(buffer);
      const length = Number(match?.[1]);
      if (!match || buffer.length < match[0].length + length + 1) return;
      take(buffer.slice(match[0].length, match[0].length + length));
      buffer = buffer.slice(match[0].length + length + 1);
    }
  });
}

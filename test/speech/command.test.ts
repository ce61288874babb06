import { describe, expect, it } from "vitest";
import { SpeechUnavailable } from "../../runtime/ports/speech.ts";
import { commandSynthesizer } from "../../runtime/speech/command/command.ts";
import { findProgram } from "../../runtime/speech/command/installed-program.ts";
import { request, speechContract } from "../contracts/speech.ts";

const installed = findProgram("espeak-ng", process.env["PATH"] ?? "") !== undefined;
if (installed) speechContract("command (espeak-ng)", () => commandSynthesizer());

describe("command", () => {
  const node = (script: string, timeoutMs = 5000) => commandSynthesizer({ program: process.execPath, args: () => ["-e", script], timeoutMs });

  it("has no languages without the program", async () => {
    const engine = commandSynthesizer({ program: "no-such-program" });
    expect(engine.languages()).toEqual([]);
    await expect(engine.synthesize(request())).rejects.toThrow(SpeechUnavailable);
  });

  it.each([
    ["rubbish", "console.log('I am not a WAV file')"],
    ["nothing", ""],
    ["a failure", "process.exit(2)"],
    ["a program that does not read", "process.stdin.destroy(); process.exit(1)"],
  ])("rejects %s", async (_, script) => {
    await expect(node(script).synthesize(request({ text: "длинно ".repeat(1000) }))).rejects.toThrow(SpeechUnavailable);
  });

  it("kills what is late", async () => {
    await expect(node("setTimeout(() => {}, 60000)", 300).synthesize(request())).rejects.toThrow("no response in 300 ms");
  });

  it("stops what runs and what waits for its turn", async () => {
    const engine = node("setTimeout(() => {}, 60000)");
    const all = Promise.allSettled(Array.from({ length: 8 }, () => engine.synthesize(request())));
    await engine.stop();
    expect((await all).every((one) => one.status === "rejected" && one.reason instanceof SpeechUnavailable)).toBe(true);
  });
});

import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseWav, writeWav } from "../../runtime/audio/wav.ts";
import { SpeechUnavailable, type SynthesisRequest, type Synthesizer } from "../../runtime/ports/speech.ts";
import { fallbackSynthesizer } from "../../runtime/speech/fallback.ts";
import { memoryPrompts } from "../../runtime/speech/memory-prompts.ts";
import { type PromptCache, promptCache } from "../../runtime/speech/prompt-cache.ts";
import { toneSynthesizer } from "../../runtime/speech/tone/tone.ts";
import { sine } from "../audio/sine.ts";

let dir: string;
let cache: PromptCache;
let asked: SynthesisRequest[];
let notes: string[];

function open(maxBytes = 1e9, over: Partial<Synthesizer> = {}): PromptCache {
  const tone = toneSynthesizer();
  const synthesizer: Synthesizer = { ...tone, synthesize: (request) => (asked.push(request), tone.synthesize(request)), ...over };
  return promptCache({ dir, synthesizer, maxBytes, log: (note) => notes.push(note) });
}

const recording = (frequency: number): Uint8Array =>
  writeWav(
    Int16Array.from(sine(frequency, 16000, 1), (v) => v * 32767),
    16000,
  );
const files = async (): Promise<string[]> =>
  (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "sufler-prompts-"));
  [asked, notes] = [[], []];
  cache = open();
});
afterEach(async () => {
  await cache.stop();
  await rm(dir, { recursive: true });
});

describe("promptCache", () => {
  it("makes a clip once and finds it after a restart", async () => {
    const made = await cache.fromText({ text: "Нажмите один", language: "ru" });
    expect(made.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(made.path).toBe(join(dir, made.hash.slice(0, 2), made.hash.slice(2, 4), made.hash));
    expect((await stat(`${made.path}.ulaw`)).size).toBe((await stat(`${made.path}.alaw`)).size);
    expect(Math.round((await stat(`${made.path}.ulaw`)).size / 8)).toBe(made.ms);
    expect(JSON.parse(await readFile(`${made.path}.json`, "utf8"))).toEqual({ ms: made.ms, kind: "speech", language: "ru" });

    await cache.stop();
    cache = open();
    expect(await cache.fromText({ text: "  Нажмите \n один ", language: "ru", voice: "", rate: 1 })).toEqual(made);
    expect(await cache.find(made.hash)).toEqual(made);
    expect(asked.length).toBe(1);
    expect((await files()).some((name) => name.endsWith(".tmp"))).toBe(false);
  });

  it("has another key for another text, language, voice, rate and synthesizer", async () => {
    const base = { text: "один", language: "ru" };
    const other = open(1e9, { id: "other" });
    const clips = await Promise.all([
      cache.fromText(base),
      cache.fromText({ ...base, text: "два" }),
      cache.fromText({ ...base, language: "en" }),
      cache.fromText({ ...base, voice: "f" }),
      cache.fromText({ ...base, rate: 2 }),
      other.fromText(base),
    ]);
    await other.stop();
    expect(new Set(clips.map(({ hash }) => hash)).size).toBe(6);
  });

  it("makes what many ask for at once one time", async () => {
    const clips = await Promise.all(Array.from({ length: 30 }, () => cache.fromText({ text: "вместе", language: "ru" })));
    expect(new Set(clips.map(({ path }) => path)).size).toBe(1);
    expect(asked.length).toBe(1);
  });

  it("gives the WAV a caller hears", async () => {
    const { hash, ms } = await cache.fromUpload(recording(500));
    const { samples, sampleRate } = parseWav((await cache.wav(hash))!);
    expect([sampleRate, Math.round(samples.length / 8)]).toEqual([8000, ms]);
    expect(await cache.fromUpload(recording(500))).toMatchObject({ hash, ms });
  });
});

describe("promptCache, when something is wrong", () => {
  it.each(["", "../../etc/passwd", "f".repeat(64), "F".repeat(64), `${"a".repeat(63)}/`])("finds nothing under %j", async (hash) => {
    expect(await cache.find(hash)).toBeNull();
    expect(await cache.wav(hash)).toBeNull();
  });

  it("passes errors on, keeps nothing, and tries again", async () => {
    await expect(cache.fromUpload(new TextEncoder().encode("not audio"))).rejects.toMatchObject({ name: "AudioError", code: "unknown-format" });
    let up = false;
    const shaky = open(1e9, {
      synthesize: async () => {
        if (!up) throw new SpeechUnavailable("down");
        return { samples: new Int16Array(800).fill(5000), sampleRate: 8000 };
      },
    });
    await expect(shaky.fromText({ text: "один", language: "ru" })).rejects.toThrow(SpeechUnavailable);
    expect(await files()).toEqual([]);
    up = true;
    await expect(shaky.fromText({ text: "один", language: "ru" })).resolves.toBeTruthy();
    await shaky.stop();
  });

  it("makes a damaged clip again", async () => {
    const made = await cache.fromText({ text: "Нажмите один", language: "ru" });
    await truncate(`${made.path}.ulaw`, 10);
    expect(await cache.find(made.hash)).toBeNull();
    expect(await cache.fromText({ text: "Нажмите один", language: "ru" })).toEqual(made);
    expect((await stat(`${made.path}.ulaw`)).size).toBeGreaterThan(1000);
  });
});

describe("eviction", () => {
  const say = (text: string) => cache.fromText({ text, language: "ru" });

  it("drops the least recently used, never uploads, never what was just made", async () => {
    const upload = await cache.fromUpload(recording(500));
    await cache.stop();
    // Each of these texts has the same length: 12 characters and the pad, both laws.
    const oneClip = (12 * 65 + 200) * 16;
    cache = open(oneClip * 2.5);
    const [a, b] = [await say("Нажмите 0001"), await say("Нажмите 0002")];
    await cache.find(a.hash);
    const c = await say("Нажмите 0003");
    expect(await Promise.all([a, b, c, upload].map(async ({ hash }) => (await cache.find(hash)) !== null))).toEqual([true, false, true, true]);
    expect(notes.join()).toContain(b.hash.slice(0, 12));
    expect((await files()).length).toBe(9);

    await cache.stop();
    cache = open(10);
    const alone = await say("Нажмите 0004");
    expect(await cache.find(alone.hash)).toEqual(alone);
    expect(await cache.find(upload.hash)).toEqual(upload);
    expect((await files()).length).toBe(6);
  });

  it("knows the order of use after a restart", async () => {
    const [a, b] = [await say("Нажмите 0001"), await say("Нажмите 0002")];
    await utimes(`${a.path}.json`, 2_000_000_000, 2_000_000_000);
    await cache.stop();
    cache = open((12 * 65 + 200) * 16 * 2.5);
    await say("Нажмите 0003");
    expect([await cache.find(a.hash), await cache.find(b.hash)]).toEqual([a, null]);
  });
});

describe("what must not stay on disk", () => {
  const inMemory = async (path: string) => (await stat(`${path}.ulaw`)).size > 0 && !path.startsWith(dir);

  it("a personal text is heard, and leaves nothing in the folder, nor after a stop", async () => {
    const said = { text: "Здравствуйте, Анна Петровна", language: "ru", personal: true };
    const [first, again] = [await cache.fromText(said), await cache.fromText(said)];
    expect(await inMemory(first.path)).toBe(true);
    expect(again).toEqual(first);
    expect(first.passing).toBe(true);
    expect(asked).toHaveLength(1);
    expect(await files()).toEqual([]);
    expect(await cache.find(first.hash)).toBeNull();
    await cache.stop();
    await expect(stat(`${first.path}.ulaw`)).rejects.toMatchObject({ code: "ENOENT" });
    cache = open();
  });

  it("a text of the flow is used from disk also when it is said in a call; asked for both ways at once it is on disk", async () => {
    const text = { text: "Нажмите один", language: "ru" };
    const [kept] = await Promise.all([cache.fromText(text), cache.fromText({ ...text, personal: true })]);
    expect(kept.passing).toBeUndefined();
    expect(await files()).toHaveLength(3);
    expect(await cache.fromText({ ...text, personal: true })).toEqual(kept);
  });

  it("what a stand-in voice made is not kept under the first voice's name", async () => {
    await cache.stop();
    const tone = toneSynthesizer();
    let dead = true;
    const first: Synthesizer = {
      ...tone,
      id: "first",
      synthesize: (request) => (dead ? Promise.reject(new SpeechUnavailable("down")) : (asked.push(request), tone.synthesize(request))),
    };
    cache = promptCache({ dir, synthesizer: fallbackSynthesizer([first, { ...tone, id: "second" }]), maxBytes: 1e9 });
    const made = await cache.fromText({ text: "один", language: "ru" });
    expect(await inMemory(made.path)).toBe(true);
    expect(await files()).toEqual([]);
    dead = false;
    const own = await cache.fromText({ text: "один", language: "ru" });
    expect(asked).toHaveLength(1);
    expect(own.passing).toBeUndefined();
    expect(own.path.startsWith(dir)).toBe(true);
  });

  it("memory is bounded, the least recently used go first; what a crash left is dropped at the start", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sufler-memory-"));
    const prompt = { pcm: new Int16Array(0), ulaw: new Uint8Array(400), alaw: new Uint8Array(400), ms: 50 };
    const memory = memoryPrompts("/data", 2_000, folder);
    const kept = [];
    for (const hash of ["a", "b"]) kept.push(await memory.keep(hash, prompt));
    memory.find("a");
    await memory.keep("c", prompt);
    expect([memory.find("a"), memory.find("b"), memory.find("c")].map(Boolean)).toEqual([true, false, true]);
    expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith("law"))).toHaveLength(4);
    memoryPrompts("/data", 2_000, folder);
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});

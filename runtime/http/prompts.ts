import { Hono } from "hono";
import { z } from "zod";
import { AudioError } from "../audio/audio-error.ts";
import { SpeechUnavailable } from "../ports/speech.ts";
import type { HttpDeps } from "./deps.ts";
import { describe, notFound, problem } from "./problem.ts";

const textBody = z.object({ text: z.string().min(1).max(10_000), language: z.enum(["ru", "en"]), goesOn: z.boolean().optional() });
const uploadLimit = 20 * 1024 * 1024;

/** Text or a recording → the audio that callers hear. */
export function promptRoutes({ prompts, calls }: HttpDeps) {
  return new Hono()
    .get("/", describe("prompts", "Uploaded recordings"), async (c) => c.json({ uploads: await calls.store.uploads.all() }))
    .post("/", describe("prompts", "Synthesise a text or upload a recording (WAV, MP3)"), async (c) => {
      try {
        if ((c.req.header("content-type") ?? "").includes("json")) {
          const parsed = textBody.safeParse(await c.req.json().catch(() => null));
          if (!parsed.success) return problem(c, 400, "invalid", "нужны text и language (ru, en)", "text and language (ru, en) are required");
          const { hash, ms } = await prompts.fromText({ ...parsed.data, goesOn: parsed.data.goesOn ?? false });
          return c.json({ hash, ms });
        }
        const bytes = new Uint8Array(await c.req.arrayBuffer());
        if (bytes.length > uploadLimit) return problem(c, 413, "too-large", "файл больше 20 МБ", "the file is larger than 20 MB");
        const { hash, ms } = await prompts.fromUpload(bytes);
        await calls.store.uploads.put({ hash, title: (c.req.query("title") ?? "").slice(0, 200), ms, createdAt: calls.clock.now() });
        return c.json({ hash, ms });
      } catch (error) {
        if (error instanceof AudioError)
          return problem(c, 422, `audio-${error.code}`, `звук не подошёл: ${error.message}`, `the audio cannot be used: ${error.message}`);
        if (error instanceof SpeechUnavailable)
          return problem(c, 503, "no-voice", "нет голоса: загрузите запись или установите espeak-ng", "no voice: upload a recording or install espeak-ng");
        throw error;
      }
    })
    .get("/:file", describe("prompts", "The audio that callers hear, as WAV"), async (c) => {
      const hash = /^([a-f0-9]{64})\.wav$/.exec(c.req.param("file"))?.[1];
      const wav = hash ? await prompts.wav(hash) : null;
      if (!wav) return notFound(c);
      return c.body(new Uint8Array(wav).buffer, 200, { "content-type": "audio/wav", "cache-control": "private, max-age=31536000, immutable" });
    });
}

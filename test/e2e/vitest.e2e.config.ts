import { defineConfig } from "vitest/config";

/** Journeys of people in a real Chromium against the real server: `npx vitest run -c test/e2e/vitest.e2e.config.ts`. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/e2e/**/*.e2e.ts"],
    globalSetup: ["test/e2e/build-editor.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 1,
  },
});

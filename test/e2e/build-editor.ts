import { build } from "vite";

/** The journeys look at what is in the sources now. */
export default async function buildEditor(): Promise<void> {
  process.env["NODE_ENV"] = "production";
  await build({
    configFile: new URL("../../vite.config.ts", import.meta.url).pathname,
    root: new URL("../../editor", import.meta.url).pathname,
    logLevel: "error",
  });
}

import { callerExamples } from "./callers.ts";
import type { Example } from "./example.ts";
import { lawExamples } from "./law.ts";
import { safetyExamples } from "./safety.ts";
import { structureExamples } from "./structure.ts";
import { textExamples } from "./texts.ts";

export { goodFlow, strategy, type Example, type ExampleFlow } from "./example.ts";

/** Every rule, shown. */
export const examples: readonly Example[] = [...structureExamples, ...textExamples, ...callerExamples, ...safetyExamples, ...lawExamples];

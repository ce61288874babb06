import { expect, test } from "vitest";
import { nodeIconNames } from "../../editor/canvas/node-icons.ts";
import { nodeList } from "../../flows/nodes/index.ts";

test.each(nodeList.map(({ type, icon }) => [type, icon] as const))("%s has its icon in the palette: %s", (_type, icon) => {
  expect(nodeIconNames.has(icon)).toBe(true);
});

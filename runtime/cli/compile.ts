import { compileFlow } from "../../flows/compile/compile-flow.ts";
import { neighbours, readFlow } from "./flow-files.ts";

/** `sufler compile <flow>`: the XState machine as JSON on standard output. */
export const command = {
  usage: "compile <flow.json>",
  examples: ["compile docs/examples/main-menu.flow.json > machine.json"],
  async run(args: string[]): Promise<number> {
    const [file] = args;
    if (!file) throw new Error("specify a flow file");
    const { parsed, folder } = readFlow(file);
    if (!parsed.flow) {
      for (const issue of parsed.issues) console.error(`error ${issue.message.en}`);
      return 1;
    }
    console.log(JSON.stringify(compileFlow(parsed.flow, neighbours(folder)), null, 2));
    return 0;
  },
};

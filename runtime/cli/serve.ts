export const command = { usage: "serve", async run(): Promise<number> { return 0; } };

import { request as httpRequest } from "node:http";

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
export type Raw = { method?: string; path?: string; headers?: Record<string, string>; body?: string; localAddress?: string };

/** A request with the headers as given: `fetch` sets its own. A stream is left after its first words. */
export function raw(port: number, { method = "GET", path = "/api/flows", headers = {}, body, localAddress }: Raw): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: "127.0.0.1", port, method, path, headers, ...(localAddress ? { localAddress } : {}) }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if ((response.headers["content-type"] ?? "").includes("event-stream")) response.destroy();
      });
      response.on("close", () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

// What the tests need besides npm packages: Chromium with a Cyrillic font, and two real SIP clients.
// Installed by apt when this user may; otherwise the exact command is printed and the tests stop.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const onPath = (name) => (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));

export const chromiumPath = () =>
  [process.env.SUFLER_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));

const needs = [
  { what: "Chromium", packages: ["chromium"], there: () => Boolean(chromiumPath()) },
  {
    what: "a font with Cyrillic",
    packages: ["fonts-noto-core"],
    there: () => existsSync("/usr/share/fonts/truetype/noto") || existsSync("/usr/share/fonts/truetype/dejavu"),
  },
  { what: "sipp", packages: ["sip-tester"], there: () => onPath("sipp") },
  { what: "baresip", packages: ["baresip-core"], there: () => onPath("baresip") },
];

/** Installs what is missing, or ends the process with the command to type. Never skips. */
export function ensureTools() {
  const missing = needs.filter((need) => !need.there());
  if (missing.length === 0) return;
  const packages = missing.flatMap((need) => need.packages);
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  const may = process.getuid?.() === 0 && onPath("apt-get");
  if (may) {
    console.log(`Installing for the tests: ${packages.join(" ")}`);
    const run = (args) =>
      spawnSync("apt-get", ["-o", "DPkg::Lock::Timeout=400", ...args], {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
    run(["update", "-qq"]);
    run(["install", "-y", "-qq", "--no-install-recommends", ...packages]);
  }
  const still = needs.filter((need) => !need.there());
  if (still.length === 0) return;
  console.error(
    `The tests need ${still.map((need) => need.what).join(", ")}. Install with:\n  sudo sh -c '${command}'\nand run npm test again. (npm run test:unit needs none of these.)`,
  );
  process.exit(1);
}

// npm test: everything. Installs what it needs, runs unit, contract, SIP and browser tests, prints one closing line.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureTools } from "./ensure-tools.mjs";

const root = join(import.meta.dirname, "..");
const reports = mkdtempSync(join(tmpdir(), "sufler-tests-"));
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const total = { passed: 0, failed: 0 };

function run(name, args) {
  const report = join(reports, `${name}.json`);
  console.log(`\n— ${name}`);
  const result = spawnSync(process.execPath, [vitest, "run", ...args, "--reporter=default", "--reporter=json", `--outputFile=${report}`], {
    cwd: root,
    stdio: "inherit",
  });
  if (!existsSync(report)) {
    total.failed += 1;
    return;
  }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  total.passed += numPassedTests;
  total.failed += numFailedTests + broken;
  if (result.status !== 0 && numFailedTests + broken === 0) total.failed += 1;
}

function step(name, args) {
  console.log(`\n— ${name}`);
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (result.status === 0) total.passed += 1;
  else total.failed += 1;
}

ensureTools();
run("unit, contract and SIP tests", []);
step("conversations of the templates", [join(root, "bin", "sufler.mjs"), "test", "templates", "--coverage"]);
step("pacing, quick bench", [join(root, "test", "bench", "bench.ts"), "pacing", "--quick"]);
step("build of the editor", [join(root, "node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn"]);
run("browser", ["--config", "test/e2e/vitest.e2e.config.ts"]);
rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);

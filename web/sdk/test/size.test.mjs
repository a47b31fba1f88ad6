// @vitest-environment node
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";

const out = mkdtempSync(join(tmpdir(), "mien-sdk-"));

beforeAll(() => {
  execFileSync(process.execPath, ["sdk/build.mjs"], { env: { ...process.env, MIEN_SDK_OUT: out } });
}, 60_000);
afterAll(() => rmSync(out, { recursive: true }));

// The design's budget for the core is 8,000 bytes. It holds more captures than were planned for it, and is above:
// this limit keeps it from growing further (docs/sdk.md).
test.each([
  ["mien.js", 9_100],
  ["mien-replay.js", 26_000],
])("%s has at most %i bytes, gzipped", (name, limit) => {
  expect(gzipSync(readFileSync(join(out, name)), { level: 9 }).length).toBeLessThanOrEqual(limit);
});

test.each(["mien.js", "mien-replay.js"])("%s needs no eval and runs in browsers without look-behind", (name) => {
  const code = readFileSync(join(out, name), "utf8");
  expect(code).not.toMatch(/\beval\(|new Function\(|\(\?<[=!]/);
});

// Builds mien.js (the core) and mien-replay.js (loaded by it after the page) into mien/static/sdk.
import { build } from "esbuild";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.env.MIEN_SDK_OUT ?? join(here, "..", "..", "mien", "static", "sdk");
mkdirSync(target, { recursive: true });

const PARTS = { "mien.js": "src/index.ts", "mien-replay.js": "src/replay.ts" };

for (const [name, entry] of Object.entries(PARTS)) {
  await build({
    entryPoints: [join(here, entry)],
    outfile: join(target, name),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    logLevel: "warning",
    // The editor's tsconfig maps rrweb to a declaration file; the bundle needs the package itself.
    tsconfigRaw: "{}",
  });
  const code = readFileSync(join(target, name));
  console.log(`${name}: ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} gzip`);
}

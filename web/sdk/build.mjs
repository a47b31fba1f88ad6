// Builds mien.js (the core) and mien-replay.js (loaded by it after the page) into mien/static/sdk.
// esbuild bundles and shortens our own property names, oxc (part of Vite) minifies: together 5 % smaller than either.
import { build } from "esbuild";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { minifySync } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.env.MIEN_SDK_OUT ?? join(here, "..", "..", "mien", "static", "sdk");
const PARTS = [
  ["mien.js", "src/index.ts"],
  ["mien-replay.js", "src/replay.ts"],
];
// Properties of our own objects, never of the browser's, of the wire format or of the global `mien`.
const OURS = [
  "addCall", "addError", "addReplay", "batchUrl", "downAt", "ignoresRefusal", "isChanged", "isLive", "isOwnRequest",
  "isQuiet", "isStuck", "leavingAt", "onLoss", "onRefused", "replayUrl", "resendKept", "setScreen", "takeAll", "wasEmptied",
];

mkdirSync(target, { recursive: true });
let mangleCache = {}; // both parts must give the same name to the same property
for (const [name, entry] of PARTS) {
  const bundle = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    logLevel: "warning",
    mangleProps: new RegExp(`^(${OURS.join("|")})$`),
    mangleCache,
    // The editor's tsconfig maps rrweb to a declaration file; the bundle needs the package itself.
    tsconfigRaw: "{}",
  });
  mangleCache = bundle.mangleCache;
  const { code, errors } = minifySync(name, bundle.outputFiles[0].text, { compress: { target: "es2020" } });
  if (errors.length) throw new Error(errors.map(({ message }) => message).join("\n"));
  writeFileSync(join(target, name), code);
  console.log(`${name}: ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} gzip`);
}

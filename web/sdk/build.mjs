// Builds mien.js (the core) and mien-replay.js (loaded by it after the page) into mien/static/sdk.
// esbuild shortens the names of our own properties, Vite bundles and minifies: together a tenth smaller than esbuild.
import { transform } from "esbuild";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.env.MIEN_SDK_OUT ?? join(here, "..", "..", "mien", "static", "sdk");
const PARTS = [
  ["mien.js", "src/index.ts"],
  ["mien-replay.js", "src/replay.ts"],
];
// Properties of our own objects only: none that the browser, rrweb, the wire format or the global `mien` has too.
const OURS = [
  "addCall", "addError", "addReplay", "batchUrl", "downAt", "ignoresRefusal", "isChanged", "isLive",
  "isQuiet", "isRepeat", "isStuck", "leavingAt", "onLoss", "onRefused", "renew", "reopen", "replayUrl", "resendKept",
  "setScreen", "takeAll", "tell", "touch", "wasEmptied",
];

// Fixed names, since files are transformed side by side and both parts must agree.
const mangleCache = Object.fromEntries(OURS.map((name, index) => [name, String.fromCharCode(97 + index)]));
const mangleProps = new RegExp(`^(${OURS.join("|")})$`);
const shortNames = {
  name: "short-names",
  enforce: "pre",
  async transform(source, file) {
    if (!file.startsWith(here)) return undefined;
    const options = { loader: "ts", target: "es2020", tsconfigRaw: "{}", mangleProps, mangleCache };
    return { code: (await transform(source, options)).code, map: null };
  },
};

mkdirSync(target, { recursive: true });
for (const [name, entry] of PARTS) {
  const [{ output }] = await build({
    root: here,
    configFile: false,
    logLevel: "error",
    plugins: [shortNames],
    build: {
      write: false,
      target: "es2020",
      minify: "oxc",
      lib: { entry: join(here, entry), formats: ["iife"], name: "mien", fileName: "mien" },
    },
  });
  const { code } = output[0];
  writeFileSync(join(target, name), code);
  console.log(`${name}: ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} gzip`);
}

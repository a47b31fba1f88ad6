// Builds mien.js (the core) and the parts that it loads (mien-vitals.js, mien-feedback.js, mien-crash.js, mien-replay.js) into
// mien/static/sdk, and with `--package` the npm package into web/sdk/dist. Three steps, each a little smaller: esbuild bundles and shortens
// the names of our own properties, Oxc minifies, and names.mjs chooses the names that gzip likes.
import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { minify } from "rolldown/utils";
import { applyNames, bestNames, shapeOf } from "./names.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.env.MIEN_SDK_OUT ?? join(here, "..", "..", "mien", "static", "sdk");
const NAMES = join(here, "names.json");
const PARTS = {
  "mien.js": "index.ts",
  "mien-vitals.js": "vitals.ts",
  "mien-feedback.js": "feedback.ts",
  "mien-crash.js": "crash.ts",
  "mien-replay.js": "replay.ts",
};
// Properties of our own objects only: none that the browser, a library, the wire format or the global `mien` has too.
const OURS = ["began", "downAt", "given", "hit", "isChanged", "isLive", "isRepeat", "leavingAt", "maybe", "nextAt", "loadPart", "own", "place", "times", "wasEmptied"];
// Topics of guard.ts, by number in the built files: the core and its parts must agree.
const TOPICS = ["answer", "acted", "called", "leaving", "leave", "prepare", "screen", "end", "begin"];
const TOPIC = new RegExp(`\\b(on|tell)\\("(${TOPICS.join("|")})"`, "g");
const LANGUAGE = "es2022";

// Fixed names, since the core and its parts must agree.
const mangleCache = Object.fromEntries(OURS.map((name, index) => [name, String.fromCharCode(65 + index)]));
const mangleProps = new RegExp(`^(${OURS.join("|")})$`);
const CONSTANT = /^(?:export )?const ([A-Z][A-Z\d_]+) = ([-\d_.*/() <]+);/gm;

/** Numbers that have a name are put in where they are used; esbuild and Oxc do that only across files. */
const inlineNumbers = {
  name: "inline-numbers",
  setup(bundle) {
    bundle.onLoad({ filter: /sdk.src.[\w/\\]+\.ts$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const [line, name, number] of [...contents.matchAll(CONSTANT)]) {
        // In parentheses: `MAX - 2` of `1 << 20` is not `1 << 20 - 2`.
        contents = contents.replace(line, "").replace(new RegExp(`\\b${name}\\b`, "g"), `(${number})`);
      }
      contents = contents.replace(TOPIC, (_, call, topic) => `${call}(${TOPICS.indexOf(topic)} as any`);
      return { contents, loader: "ts" };
    });
  },
};

async function bundle(entry, format) {
  const { outputFiles } = await build({
    entryPoints: [join(here, "src", entry)], bundle: true, write: false, format, target: LANGUAGE, charset: "utf8",
    minifySyntax: true, mangleProps, mangleCache: { ...mangleCache }, plugins: [inlineNumbers], tsconfigRaw: "{}",
  });
  return outputFiles[0].text;
}

async function minified(name) {
  const options = { module: true, compress: { target: LANGUAGE }, mangle: { toplevel: true }, codegen: { removeWhitespace: true } };
  const { code, errors } = await minify(name, await bundle(PARTS[name], "esm"), options);
  if (errors.length) throw new Error(`${name}: ${errors.map(({ message }) => message)}`);
  return `(()=>{${name === "mien.js" ? renamed(code) : code}})();`;
}

/** With the names that were found for this very code; `--search` finds them, in some minutes. */
function renamed(code) {
  const shape = shapeOf(code);
  const known = JSON.parse(readFileSync(NAMES, "utf8"));
  if (process.argv.includes("--search")) {
    Object.assign(known, { shape, names: bestNames(code, known.names) });
    writeFileSync(NAMES, JSON.stringify(known) + "\n");
  }
  if (known.shape === shape) return applyNames(code, known.names);
  console.warn('mien.js has changed since its names were found: "npm run build:sdk -- --search" makes it smaller.');
  return code;
}

/** The npm package: one ES module without side effects, types, and the description of it. */
async function buildPackage() {
  const folder = join(here, "dist");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.js"), await bundle("npm.ts", "esm"));
  const compiler = join(here, "..", "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [compiler, "-p", join(here, "npm")], { stdio: "inherit" });
  copyFileSync(join(here, "npm", "package.json"), join(folder, "package.json"));
  copyFileSync(join(here, "..", "..", "LICENSE"), join(folder, "LICENSE"));
}

if (process.argv.includes("--package")) await buildPackage();
mkdirSync(target, { recursive: true });
for (const name of Object.keys(PARTS)) {
  const code = await minified(name);
  writeFileSync(join(target, name), code);
  console.log(`${name}: ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} gzip`);
}

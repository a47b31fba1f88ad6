// Unpacks the Chromium that npm's @sparticuz/chromium carries, and its shared libraries, into the folder given.
// The package writes to TMPDIR and reuses any file of that name, so TMPDIR is our own folder.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const target = process.argv[2];
process.env.TMPDIR = target;
process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x"; // makes the package unpack its libraries as well
const require = createRequire(path.join(import.meta.dirname, "..", "web", "package.json"));
const { default: chromium } = await import(pathToFileURL(require.resolve("@sparticuz/chromium")));
chromium.setGraphicsMode = false;
console.log(await chromium.executablePath());

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createApi } from "../src/api";
import { CAPTURES } from "../src/captures";

test("the documentation names every option, capture and call, and no others", () => {
  const page = readFileSync("../docs/sdk.md", "utf8");
  const source = readFileSync("sdk/src/options.ts", "utf8");
  const settings = [...source.split("interface Settings {")[1].split("\n}")[0].matchAll(/^  (\w+)\?:/gm)].map((match) => match[1]);
  const attributes = settings.filter((name) => name !== "nonce").map((name) => "data-" + name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase()));
  const table = page.split("## Options")[1].split("Attributes of elements")[0];
  expect([...table.matchAll(/^\| `(data-[\w-]+)`/gm)].map((match) => match[1]).sort()).toEqual(attributes.sort());
  const recorded = page.split("## What is recorded")[1];
  for (const name of [...Object.keys(CAPTURES), "feedback"]) expect(recorded).toContain("`" + name + "`");
  const mien = createApi({}, "https://mien.test/mien.js");
  for (const name of Object.keys(mien)) expect(page).toContain("mien." + name);
  const stub = /\[("\w+",? ?)+\]/.exec(page)[0];
  expect(JSON.parse(stub).sort()).toEqual(Object.keys(mien).filter((name) => name !== "sessionId").sort());
});

import { afterEach, expect, test, vi } from "vitest";
import { campaign, cleanAddresses, cleanUrl, maskText, refusesTracking, noteTyped } from "../src/privacy";
import { createScrubber } from "../src/replay_privacy";

afterEach(() => vi.unstubAllGlobals());

test("e-mail addresses and long numbers are masked, short ones stay", () => {
  expect(maskText("Mail ada.l@example.org now")).toBe("Mail ***@*** now");
  expect(maskText("4111 1111 1111 1111")).toBe("######");
  expect(maskText("Add 3 of 1299")).toBe("Add 3 of 1299");
});

test("queries and fragments are dropped from addresses", () => {
  expect(cleanUrl("https://shop.test/a?b=1#c")).toBe("https://shop.test/a");
  expect(cleanUrl("")).toBe("");
  expect(cleanAddresses("at f (https://shop.test/app.js?v=3:10:5) and GET /api?token=abc failed")).toBe(
    "at f (https://shop.test/app.js:10:5) and GET /api failed",
  );
  expect(cleanAddresses("What is this? Nothing.")).toBe("What is this? Nothing.");
});

test("only campaign parameters of a query are kept", () => {
  history.replaceState(0, "", "?utm_source=mail&token=abc&utm_medium=a@b.example");
  expect(campaign()).toEqual({ utm_source: "mail", utm_medium: "***@***" });
});

test.each([
  [{ globalPrivacyControl: true }, true],
  [{ doNotTrack: "1" }, true],
  [{ doNotTrack: "0", globalPrivacyControl: false }, false],
  [{ doNotTrack: null }, false],
])("a browser that says %o refuses: %s", (navigator, refuses) => {
  vi.stubGlobal("navigator", navigator);
  expect(refusesTracking()).toBe(refuses);
});

test("a replay keeps no query of a link, no secret of an asset and no echo of what was typed", () => {
  const input = document.createElement("input");
  input.value = "dear diary";
  noteTyped(input);
  const scrubbed = JSON.parse(JSON.stringify({
    a: { href: "https://me:secret@shop.test/p?token=abc#x" },
    link: { rel: "stylesheet", href: "https://shop.test/a.css?v=3" },
    img: { src: "https://shop.test/i?id=3&sig=abcdef" },
    button: { onclick: "pay('abc')", title: "You wrote dear diary", class: "dear diary" },
    text: { textContent: "dear dia" },
  }, createScrubber()));
  expect(scrubbed).toEqual({
    a: { href: "https://shop.test/p" },
    link: { rel: "stylesheet", href: "https://shop.test/a.css?v=3" },
    img: { src: "https://shop.test/i?id=3&sig=" },
    button: { onclick: "", title: "You wrote **********", class: "dear diary" },
    text: { textContent: "********" },
  });
});

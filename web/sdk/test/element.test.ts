import { beforeEach, expect, test } from "vitest";
import { interactiveOf, labelOf, selectorOf, surfaceOf } from "../src/element";

function pathTo(selector: string): Element[] {
  const path: Element[] = [];
  for (let at = document.querySelector(selector); at; at = at.parentElement) path.push(at);
  return path;
}

const find = (selector: string): Element => document.querySelector(selector)!;

beforeEach(() => {
  document.body.innerHTML = `
    <main id="main"><div class="css-1x2y3z"><button class="btn"><b>Pay <i>now</i></b></button><button>Later</button></div>
      <div id="radix-:r1:"><a href="/x" data-testid="go">Go</a></div>
      <p data-mien-id="hero" id="other"><span>x</span></p>
      <button id="ember1234">E</button><button id="pay-2">P</button>
      <div role="tab" tabindex="-1">Tab</div><div style="cursor: pointer"><em>Card</em></div>
      <label>Mail <input name="mail" value="ada@example.org"></label><div data-private><a href="#">Ada Lovelace</a></div>
      <div contenteditable="true">secret <a href="/y">typed</a></div><canvas></canvas>
      <input type="submit" value="Send"><a href="/u">ada@example.org 5555 5555 5555</a></main>`;
});

test.each([
  [".btn", "#main > div:nth-of-type(1) > button:nth-of-type(1)"],
  ["[data-testid]", '[data-testid="go"]'],
  ["[data-mien-id] span", '[data-mien-id="hero"] > span'],
  ["#ember1234", "#main > button:nth-of-type(1)"],
  ["#pay-2", "#pay-2"],
  ["main", "#main"],
  ["body", "body"],
])("%s has the selector %s", (selector, stable) => {
  expect(selectorOf(find(selector))).toBe(stable);
});

test("a selector finds its element again", () => {
  for (const element of document.querySelectorAll("main *")) expect(document.querySelector(selectorOf(element))).toBe(element);
});

test("shadow roots are crossed", () => {
  const root = find("#main").attachShadow({ mode: "open" });
  root.innerHTML = "<div><button>In</button></div><button id=named></button>";
  expect(selectorOf(root.querySelector("button")!)).toBe("#main >>> div > button");
  expect(selectorOf(root.querySelector("#named")!)).toBe("#main >>> #named");
});

test.each([
  [".btn i", "BUTTON", "native"],
  ["[role=tab]", "DIV", "aria"],
  ["em", "DIV", "cursor"],
  ["[data-mien-id] span", "P", "none"],
  ["canvas", "CANVAS", "none"],
])("what was clicked at %s is a %s (%s)", (selector, tag, interactive) => {
  const [element, kind] = interactiveOf(pathTo(selector));
  expect([element.tagName, kind]).toEqual([tag, interactive]);
});

test.each([
  [".btn", "Pay now"],
  ["[name=mail]", "mail"],
  ["[data-private] a", undefined],
  ["[contenteditable] a", undefined],
  ["[type=submit]", "Send"],
  ["a[href='/u']", "***@*** ######"],
  ["label", undefined],
])("%s is labelled %s", (selector, label) => {
  expect(labelOf(find(selector), "native")).toBe(label);
});

test("a label has at most 80 characters", () => {
  find(".btn").textContent = "word ".repeat(40);
  expect(labelOf(find(".btn"), "native")).toHaveLength(80);
});

test("unusual surfaces are named", () => {
  expect(surfaceOf(pathTo("canvas"))).toBe("canvas");
  expect(surfaceOf(pathTo("[contenteditable] a"))).toBe("editor");
  expect(surfaceOf(pathTo(".btn"))).toBeUndefined();
});

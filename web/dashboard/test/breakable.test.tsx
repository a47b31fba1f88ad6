// @vitest-environment jsdom
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Breakable } from "../src/parts/breakable";

it.each([
  ["/shop/checkout/payment", "/shop/<wbr/>checkout/<wbr/>payment"],
  ["GET /api/carts/[id]/items", "GET /api/<wbr/>carts/<wbr/>[id]/<wbr/>items"],
  ["“Pay €59.00”", "“Pay €59.00”"],
  ["save in shop/cart.js", "save in shop/<wbr/>cart.<wbr/>js"],
  ["/", "/"],
  ["", ""],
])("%s wraps after its slashes, and reads the same", (name, html) => {
  expect(renderToStaticMarkup(<Breakable name={name} />)).toBe(html);
});

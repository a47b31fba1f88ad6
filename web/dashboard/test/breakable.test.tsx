// @vitest-environment jsdom
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Breakable } from "../src/parts/breakable";
import { MiddleCut } from "../src/parts/middle_cut";

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

it.each([
  ["/shop/product/boston-fern", "/shop/product|/boston-fern"],
  ["/shop/help/orders-and-returns", "/shop/help/orde|rs-and-returns"],
  ["/shop/", "/shop/"],
  ["/shop", "/shop"],
  ["left", "left"],
])("%s keeps its end where it does not fit", (name, parts) => {
  const box = document.createElement("div");
  box.innerHTML = renderToStaticMarkup(<MiddleCut name={name} />);
  const spans = [...box.querySelectorAll(".middle-cut > span")].map((span) => span.textContent);
  expect(spans.length ? spans.join("|") : box.textContent).toBe(parts);
});

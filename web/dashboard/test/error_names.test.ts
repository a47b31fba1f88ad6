import { expect, test } from "vitest";
import { browserWords } from "../src/errors/names";

const group = { type: "TypeError", title: "cannot use total of undefined or null", message: "" };

test.each([
  ["Uncaught TypeError: Cannot read properties of undefined (reading 'total')", "Cannot read properties of undefined (reading 'total')"],
  ["Uncaught (in promise) TypeError: can't access property \"total\", cart is undefined", "can't access property \"total\", cart is undefined"],
  ["cart is null", "cart is null"],
  ["Uncaught TypeError: cannot use total of undefined or null", undefined],
  ["TypeError", undefined],
  ["", undefined],
])("%s is told as %s", (message, said) => {
  expect(browserWords({ ...group, message })).toBe(said);
});

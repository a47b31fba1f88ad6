// That text was selected, and how much of it. Not which.

import { emit } from "../core";
import { later, listen } from "../guard";

const SETTLE_MS = 500;

export function selection(): void {
  let timer = 0;
  let length = 0;
  listen("selectionchange", () => {
    clearTimeout(timer);
    length = ("" + getSelection()).length;
    if (length) timer = later(() => emit("select", { length }), SETTLE_MS);
  });
}

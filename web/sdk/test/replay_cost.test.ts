import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMeter } from "../src/replay_cost";

const MUTATION = { type: 3, timestamp: 0, data: { source: 0 } };
let at = 1_000;

beforeEach(() => {
  vi.spyOn(performance, "now").mockImplementation(() => at);
});
afterEach(() => vi.restoreAllMocks());

/** A meter, and `change`: the page changes, and reading that takes so long. */
function setUp() {
  let read = (): void => {};
  vi.stubGlobal("MutationObserver", class {
    constructor(callback: () => void) {
      read = callback;
    }
    observe(): void {}
  });
  const meter = createMeter();
  meter.watch(() => {});
  return { meter, change: (ms: number) => (read(), (at += ms), meter.count(MUTATION)) };
}

test("the recorder stops when reading changes takes more than a fiftieth of the time", () => {
  const { change } = setUp();
  for (let n = 0; n < 5; n++) expect(change(40)).toBeUndefined();
  expect(change(40)).toEqual(["mutations", { share: 0.024 }]);
});

test("changes that a snapshot hands over long after the last ones cost no time", () => {
  const { meter, change } = setUp();
  change(1);
  at += 5_000;
  expect(meter.count(MUTATION)).toBeUndefined();
});

import { nextMark } from "../src/session/marks";
import { describe, expect, it } from "vitest";
import { scoreAxis } from "../src/charts/scale";
import { idleSpans, inView, makeScale, packRows, stepPoints, ticks, ticksBehind } from "../src/session/layout";
import { lastBefore } from "../src/session/step_list";

describe("packing bars into rows", () => {
  it("puts a bar beside the one before when it fits, else below", () => {
    expect(packRows([{ from: 0, until: 10 }, { from: 12, until: 20 }, { from: 5, until: 8 }], 6)).toEqual([0, 0, 1]);
  });

  it("keeps a pixel between neighbours", () => {
    expect(packRows([{ from: 0, until: 10 }, { from: 10, until: 20 }], 6)).toEqual([0, 1]);
    expect(packRows([{ from: 0, until: 10 }, { from: 11, until: 20 }], 6)).toEqual([0, 0]);
  });

  it("says -1 for what finds no row", () => {
    const all = Array.from({ length: 4 }, () => ({ from: 0, until: 10 }));
    expect(packRows(all, 3).filter((row) => row === -1)).toHaveLength(1);
  });

  it("never lets two bars of a row overlap", () => {
    const bars = Array.from({ length: 60 }, (_, i) => ({ from: (i * 37) % 200, until: ((i * 37) % 200) + 5 + (i % 13) }));
    const rows = packRows(bars, 99);
    bars.forEach((a, i) =>
      bars.forEach((b, j) => {
        if (i < j && rows[i] === rows[j]) expect(a.until <= b.from || b.until <= a.from).toBe(true);
      }),
    );
  });
});

describe("idle stretches", () => {
  it("are where nothing happened and nothing was awaited", () => {
    const busy = [{ from: 30_000, until: 30_000 }, { from: 1_000, until: 9_000 }, { from: 5_000, until: 6_000 }];
    expect(idleSpans(busy, 45_000, 10_000)).toEqual([{ from: 9_000, until: 30_000 }, { from: 30_000, until: 45_000 }]);
  });

  it("are none at exactly the limit", () => {
    expect(idleSpans([{ from: 10_000, until: 10_000 }], 20_000, 10_000)).toEqual([]);
  });
});

describe("the time scale", () => {
  const hours = 3_600_000;
  const scale = makeScale({ from: 0, until: 10 * hours }, [{ from: 60_000, until: 10 * hours - 60_000 }], 100, 1100);

  it("goes from edge to edge and never back", () => {
    expect(scale.x(0)).toBeCloseTo(100);
    expect(scale.x(10 * hours)).toBeCloseTo(1100);
    const xs = Array.from({ length: 200 }, (_, i) => scale.x((i * 10 * hours) / 199));
    xs.forEach((x, i) => expect(x).toBeGreaterThanOrEqual((xs[i - 1] ?? 100) - 1e-9));
  });

  it("shortens a pause of hours to a few pixels", () => {
    expect(scale.x(10 * hours - 60_000) - scale.x(60_000)).toBeLessThan(60);
    expect(scale.x(60_000)).toBeGreaterThan(550);
  });

  it("finds the moment of a pixel", () => {
    for (const ms of [0, 12_345, 59_000, 5 * hours, 10 * hours - 1_000]) expect(scale.x(scale.ms(scale.x(ms)))).toBeCloseTo(scale.x(ms), 3);
  });

  it("has no ticks inside the pause and some room between them", () => {
    const at = ticks(scale);
    expect(at.length).toBeGreaterThan(3);
    expect(at.every((ms) => ms <= 60_000 || ms >= 10 * hours - 60_000)).toBe(true);
    at.forEach((ms, i) => i > 0 && expect(scale.x(ms) - scale.x(at[i - 1] ?? 0)).toBeGreaterThan(45));
  });
});

it("the playhead's flag covers the times that it would stand on half, and no other", () => {
  const scale = makeScale({ from: 0, until: 60_000 }, [], 100, 700);
  const flag = scale.x(31_000);
  expect(ticksBehind([20_000, 25_000, 30_000, 35_000], scale, flag, 22)).toEqual([30_000]);
  expect(ticksBehind([20_000, 25_000, 30_000, 35_000], scale, scale.x(32_500), 22)).toEqual([30_000, 35_000]);
});

describe("the score's course", () => {
  it("falls in steps from 100 and stays level to the end", () => {
    expect(stepPoints([{ at_ms: 500, score: 80 }], { from: 0, until: 1_000 })).toEqual([
      { ms: 0, score: 100 }, { ms: 500, score: 100 }, { ms: 500, score: 80 }, { ms: 1_000, score: 80 },
    ]);
  });
});

describe("a part of the visit", () => {
  it("begins with the score as it stood, and leaves out later falls", () => {
    const curve = [{ at_ms: 500, score: 80 }, { at_ms: 1_500, score: 60 }, { at_ms: 9_000, score: 10 }];
    expect(stepPoints(curve, { from: 1_000, until: 2_000 })).toEqual([
      { ms: 1_000, score: 80 }, { ms: 1_500, score: 80 }, { ms: 1_500, score: 60 }, { ms: 2_000, score: 60 },
    ]);
  });

  it("holds what reaches into it", () => {
    const calls = [{ at_ms: 0, ms: 999 }, { at_ms: 0, ms: 1_000 }, { at_ms: 2_000, ms: 5 }, { at_ms: 2_001, ms: 5 }];
    expect(inView(calls, { from: 1_000, until: 2_000 }, (call) => call.ms)).toEqual([calls[1], calls[2]]);
  });
});

describe("the list in step with the replay", () => {
  const items = [{ at_ms: 100 }, { at_ms: 200 }, { at_ms: 200 }, { at_ms: 300 }];
  it.each([[99, -1], [100, 0], [200, 2], [299, 2], [1_000, 3]])("at %i ms is at row %i", (ms, index) => {
    expect(lastBefore(items, ms)).toBe(index);
  });
});

describe("the score axis", () => {
  it.each([[[71, 78]], [[99.5, 100]], [[3, 96]], [[50]]])("has round ends around %j and at most five labels", (scores) => {
    const { from, to, step } = scoreAxis(scores);
    expect(from).toBeLessThanOrEqual(Math.min(...scores));
    expect(to).toBeGreaterThanOrEqual(Math.max(...scores));
    expect((to - from) / step).toBeLessThanOrEqual(4);
    expect(to).toBeLessThanOrEqual(100);
  });
});

describe("the arrows of the timeline", () => {
  it("lead to the next mark of another lane, and past its last one to that one, not back to the first", () => {
    const marks = [{ at_ms: 1_000 }, { at_ms: 5_000 }];
    expect([0, 1_000, 1_001, 60_000].map((ms) => nextMark(marks, ms))).toEqual([0, 0, 1, 1]);
  });
});

import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { CauseGlyph } from "../src/parts/glyphs";
import { CAUSES } from "../src/theme";
import { causeOfSignal, SIGNAL_TYPES } from "../src/words";

/** What is drawn, whatever its colour. */
const drawn = (type: string) => renderToStaticMarkup(<CauseGlyph cause={causeOfSignal(type)} signal={type} />).replace(/stroke="var[^"]*"/, "");

it("no two detectors have the same sign", () => {
  const signs = SIGNAL_TYPES.map(drawn);
  expect(SIGNAL_TYPES.length).toBeGreaterThan(20);
  expect(signs.filter((sign, at) => signs.indexOf(sign) !== at)).toEqual([]);
});

it("each cause is drawn, and as one of its detectors", () => {
  for (const cause of CAUSES) {
    const sign = renderToStaticMarkup(<CauseGlyph cause={cause} />).replace(/stroke="var[^"]*"/, "");
    expect(SIGNAL_TYPES.filter((type) => causeOfSignal(type) === cause && drawn(type) === sign)).toHaveLength(1);
  }
});

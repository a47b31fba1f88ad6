// All sessions of the search by score, in steps of five; drag over the bars (or press one) to narrow the list.
import { useState, type PointerEvent } from "react";
import { UnstyledButton } from "../controls/button";
import { count } from "../format";
import { BAND_RANGES, BandSign, bandOf } from "../parts/score_mark";
import { useChangeSearch, useSearchState } from "../place";
import type { Band, ScoreBin } from "../types";
import { sessionsWords } from "../sessions_words";
import { words } from "../words";

const HEIGHT = 64;
const LEAST_HEIGHT = 2;

function totals(bins: readonly ScoreBin[]): Record<Band, number> {
  const sum: Record<Band, number> = { poor: 0, strained: 0, good: 0 };
  for (const bin of bins) sum[bandOf(bin.from)] += bin.sessions;
  return sum;
}

export function Histogram({ bins }: { bins: readonly ScoreBin[] }) {
  const { min_score, max_score } = useSearchState();
  const change = useChangeSearch();
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const most = Math.max(1, ...bins.map((bin) => bin.sessions));
  const sum = totals(bins);
  const all = sum.poor + sum.strained + sum.good;
  const chosen = min_score !== undefined || max_score !== undefined;

  const isIn = (bin: ScoreBin, index: number) => {
    if (drag) return index >= Math.min(drag.from, drag.to) && index <= Math.max(drag.from, drag.to);
    return !chosen || (bin.to > (min_score ?? 0) && bin.from < (max_score ?? 101));
  };
  const narrow = (a: number, b: number) => {
    const first = bins[Math.min(a, b)];
    const last = bins[Math.max(a, b)];
    if (!first || !last) return;
    change({ min_score: first.from > 0 ? first.from : undefined, max_score: last.to < 100 ? last.to : undefined });
  };
  // Places are found from the pointer's x: the gaps between the bars must take the pointer as well.
  const binAt = (event: PointerEvent<HTMLDivElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(bins.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bins.length)));
  };
  const start = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: binAt(event), to: binAt(event) });
  };
  const finish = (event: PointerEvent<HTMLDivElement>) => {
    if (drag) narrow(drag.from, binAt(event));
    setDrag(null);
  };

  return (
    <div className="histogram">
      <p className="histogram-title">
        {sessionsWords.histogram(all)}
        {chosen && (
          <UnstyledButton className="number-link" onClick={() => change({ min_score: undefined, max_score: undefined })}>
            {sessionsWords.reset}
          </UnstyledButton>
        )}
      </p>
      <div className="bins" style={{ height: HEIGHT }} onPointerDown={start} onPointerMove={(event) => drag && setDrag({ ...drag, to: binAt(event) })} onPointerUp={finish} onPointerCancel={() => setDrag(null)}>
        {bins.map((bin, index) => (
          <button
            key={bin.from}
            type="button"
            className={`bin ${bandOf(bin.from)} ${isIn(bin, index) ? "" : "out"}`}
            aria-label={sessionsWords.bin(bin.from, bin.to, bin.sessions)}
            title={sessionsWords.bin(bin.from, bin.to, bin.sessions)}
            onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && narrow(index, index)}
          >
            <span style={{ height: bin.sessions ? Math.max(LEAST_HEIGHT, (HEIGHT * bin.sessions) / most) : 0 }} />
          </button>
        ))}
      </div>
      <p className="bands">
        {(["poor", "strained", "good"] as const).map((band) => (
          <UnstyledButton key={band} disabled={!sum[band]} onClick={() => change(BAND_RANGES[band])}>
            <BandSign band={band} size={9} /> <b className="number-link">{count(sum[band])}</b> {words.band[band]}
          </UnstyledButton>
        ))}
      </p>
    </div>
  );
}

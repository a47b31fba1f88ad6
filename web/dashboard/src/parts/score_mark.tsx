// A score with the sign of its band: filled disc, half-filled ring, diamond. Never a grade, never a colour alone.
import type { Rating } from "../search";
import { groupScore, roundScore } from "../format";
import { words } from "../words";
import type { Band } from "../types";
import { FEW } from "./few";

/** Band of an unrounded score; as in theme.json. */
export function bandOf(score: number): Band {
  if (score >= 90) return "good";
  return score >= 50 ? "strained" : "poor";
}

/** The scores of each band, as the list of sessions is narrowed to them. */
export const BAND_RANGES: Record<Band, { min_score: number | undefined; max_score: number | undefined }> = {
  poor: { min_score: undefined, max_score: 50 },
  strained: { min_score: 50, max_score: 90 },
  good: { min_score: 90, max_score: undefined },
};

/** A web vital's rating has the sign of a score's band. */
export const RATING_BANDS: Record<Rating, Band> = { good: "good", "needs-improvement": "strained", poor: "poor" };

export function BandSign({ band, size = 10 }: { band: Band; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 10 10" className="glyph" aria-hidden="true">
      <BandOutline band={band} />
    </svg>
  );
}

/** The bare sign in a 10 × 10 box, for use inside another SVG. */
export function BandOutline({ band }: { band: Band }) {
  return (
    <>
      {band === "good" && <circle cx={5} cy={5} r={4.5} fill="var(--accent)" />}
      {band === "strained" && (
        <>
          <circle cx={5} cy={5} r={4} fill="none" stroke="var(--wait)" strokeWidth={1.6} />
          <path d="M5 1a4 4 0 0 0 0 8z" fill="var(--wait)" />
        </>
      )}
      {band === "poor" && <path d="M5 0l5 5-5 5-5-5z" fill="var(--fail)" />}
    </>
  );
}

/** The mean score of the `n` scored sessions of a group, pale and about so much where they are few, with why; a dash when nobody in
 * it has one. */
export function GroupMark({ score, n, title }: { score: number | null; n: number; title?: string }) {
  if (score === null) return "–";
  if (n < FEW) {
    return (
      <span className="score-mark pale" title={title ?? words.score.fewOf(n)}>
        <BandSign band={bandOf(score)} /> <span>~{roundScore(score)}</span> <small>{words.score.few}</small>
      </span>
    );
  }
  return (
    <span className="score-mark" title={title}>
      <BandSign band={bandOf(score)} /> <b>{groupScore(score)}</b>
    </span>
  );
}

/** A session's score in a list: sign and integer, a dash when too little was measured. */
export function ScoreMark({ score, band, isFinal }: { score: number | null; band: Band | null; isFinal: boolean }) {
  if (score === null) {
    return (
      <span className="score-mark none" title={words.band.none}>
        <span aria-hidden="true">–</span>
        <span className="sr">{words.band.none}</span>
      </span>
    );
  }
  const shown = band ?? bandOf(score);
  return (
    <span className="score-mark" title={isFinal ? words.band[shown] : `${words.band[shown]}, ${words.score.soFar}`}>
      <BandSign band={shown} />
      <b>{score}</b>
      <span className="sr">{words.band[shown]}</span>
      {!isFinal && <small>{words.score.soFar}</small>}
    </span>
  );
}

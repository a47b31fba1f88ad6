// How often people called such signals frustration, with the interval that so few verdicts leave.
import type { Judged } from "../types";
import { signalsWords } from "../signals_words";

export function JudgedShare({ judged }: { judged: Judged | null }) {
  if (!judged) return <span className="quiet" title={signalsWords.unjudgedWhy}>
      <span aria-hidden="true">{signalsWords.unjudged}</span>
      <span className="sr">{signalsWords.unjudgedWhy}</span>
    </span>;
  const { frustration, verdicts, precision, low, high } = judged;
  return (
    <span className="judged" role="img" aria-label={signalsWords.judged(frustration, verdicts, low, high)} title={signalsWords.judged(frustration, verdicts, low, high)}>
      <span className="judged-rail">
        <i className="judged-range" style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
        <i className="judged-dot" style={{ left: `${precision * 100}%` }} />
      </span>
      <span>
        {signalsWords.of(frustration, verdicts)} <small>{signalsWords.interval(low, high)}</small>
      </span>
    </span>
  );
}

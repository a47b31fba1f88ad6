// The loss bar: 100 points, the kept part pale, then what each cause took, in the fixed order of causes.
import { points, roundToSum } from "../format";
import { CAUSES } from "../theme";
import type { ByCause } from "../types";
import { overviewWords } from "../overview_words";
import { words } from "../words";

/** Segments under this many points are too thin to see or press; they count as "other". */
const LEAST_POINTS = 0.05;

interface Segment {
  name: string;
  points: number;
}

/** Lost parts in order; what is too small is summed up at the end. */
function segments(lost: ByCause): Segment[] {
  const large = CAUSES.map((cause) => ({ name: cause as string, points: lost[cause] ?? 0 })).filter((s) => s.points >= LEAST_POINTS);
  const all = CAUSES.reduce((sum, cause) => sum + (lost[cause] ?? 0), 0);
  const rest = all - large.reduce((sum, s) => sum + s.points, 0);
  return rest >= LEAST_POINTS ? [...large, { name: "line2", points: rest }] : large;
}

function Lost({ lost }: { lost: ByCause }) {
  return segments(lost).map((s) => <span key={s.name} style={{ flexGrow: s.points, background: `var(--${s.name})` }} />);
}

function sentence(lost: ByCause): string {
  const shown = CAUSES.filter((cause) => (lost[cause] ?? 0) >= LEAST_POINTS);
  const rounded = roundToSum(shown.map((cause) => lost[cause] ?? 0), shown.reduce((sum, cause) => sum + (lost[cause] ?? 0), 0), 1);
  return shown.map((cause, index) => `${words.cause[cause].label} ${points(rounded[index] ?? 0)}`).join(", ");
}

/** Kept and lost together; stands once per score. */
export function LossBar({ score, lost, height = 14 }: { score: number; lost: ByCause; height?: number }) {
  return (
    <div className="loss-bar" style={{ height }} role="img" aria-label={`${overviewWords.kept(points(score))}. ${sentence(lost)}`}>
      <span style={{ flexGrow: score, background: "var(--kept)" }} />
      <Lost lost={lost} />
    </div>
  );
}

/** The lost part alone, from a common zero: for rows that are compared with each other. `most` is the longest row's points. */
export function LostBar({ lost, total, most }: { lost: ByCause; total: number; most: number }) {
  const width = most > 0 ? `${Math.max(0.5, (100 * total) / most)}%` : "0";
  return (
    <div className="lost-bar" role="img" aria-label={sentence(lost) || overviewWords.hardlyLost}>
      <div className="loss-bar" style={{ width, height: 8 }}>
        <Lost lost={lost} />
      </div>
    </div>
  );
}

// A session in 36 pixels: the score as falling steps, signals as dots in their cause's colour, screens as blocks below.
import type { SessionRow } from "../types";
import { clock, points } from "../format";
import { overviewWords } from "../overview_words";
import { words } from "../words";
import { HARMLESS } from "./glyphs";

const TOP = 5;
const FALL = 17; // pixels between a score of 100 and of 0

interface Step {
  from: number;
  to: number;
  y: number;
}

/** The score's course as level pieces; places in percent of the session's length. */
export function steps(signals: { at_ms: number; points: number }[], lengthMs: number): Step[] {
  const x = (ms: number) => (lengthMs > 0 ? Math.min(100, Math.max(0, (100 * ms) / lengthMs)) : 0);
  let lost = 0;
  let from = 0;
  const found: Step[] = [];
  for (const signal of [...signals].sort((a, b) => a.at_ms - b.at_ms)) {
    found.push({ from, to: x(signal.at_ms), y: TOP + (FALL * lost) / 100 });
    from = x(signal.at_ms);
    lost = Math.min(100, lost + signal.points);
  }
  found.push({ from, to: 100, y: TOP + (FALL * lost) / 100 });
  return found;
}

export function MiniTimeline({ row }: { row: SessionRow }) {
  const { screens, signals } = row.mini;
  const ordered = signals.filter((s) => s.type !== HARMLESS).sort((a, b) => a.at_ms - b.at_ms);
  const course = steps(ordered, row.duration_ms);
  const percent = (ms: number) => (row.duration_ms > 0 ? Math.min(100, (100 * ms) / row.duration_ms) : 0);
  const said = ordered.slice(0, 6).map((s) => `${clock(s.at_ms)} ${words.cause[s.cause].label}, ${points(s.points)}`);
  return (
    <svg className="mini" height={36} role="img" aria-label={said.length ? said.join("; ") : overviewWords.none}>
      {course.map((step, index) => {
        const next = course[index + 1];
        return (
          <g key={index} stroke="var(--ink3)" strokeWidth={1.5}>
            <line x1={`${step.from}%`} x2={`${step.to}%`} y1={step.y} y2={step.y} />
            {next && <line x1={`${step.to}%`} x2={`${step.to}%`} y1={step.y} y2={next.y} />}
          </g>
        );
      })}
      {ordered.map((signal, index) => (
        <circle key={index} cx={`${percent(signal.at_ms)}%`} cy={course[index + 1]?.y ?? TOP} r={3.6} fill={`var(--${signal.cause})`} stroke="var(--surface)" strokeWidth={1.2} />
      ))}
      {screens.map((screen, index) => {
        const from = percent(screen.at_ms);
        const width = Math.max(0.6, percent(screen.until_ms) - from - 0.5);
        return (
          <rect key={index} x={`${from}%`} y={30} width={`${width}%`} height={3} rx={1.5} fill={index % 2 ? "var(--line2)" : "var(--ink3)"} opacity={index % 2 ? 1 : 0.7}>
            <title>{screen.name}</title>
          </rect>
        );
      })}
    </svg>
  );
}

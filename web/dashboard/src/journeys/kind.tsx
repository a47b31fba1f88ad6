// What came just before, with its sign: the causes' own signs where they fit, a ring for other trouble, a dashed one for nothing.
import { CauseGlyph } from "../parts/glyphs";
import { BEFORE, type Before } from "../search";
import { journeysWords } from "../journeys_words";

/** In the order in which they always stand; nothing is last. */
export const KINDS = BEFORE;

export function KindSign({ kind, size = 16 }: { kind: Before; size?: number }) {
  if (kind === "rage") return <CauseGlyph cause="noans" size={size} />;
  if (kind === "error") return <CauseGlyph cause="fail" size={size} />;
  if (kind === "slow") return <CauseGlyph cause="wait" size={size} />;
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" className="glyph" aria-hidden="true">
      <circle cx={7} cy={7} r={5.2} fill="none" stroke={kind === "other" ? "var(--form)" : "var(--ink3)"} strokeWidth={1.7} strokeDasharray={kind === "other" ? undefined : "2.6 2.8"} />
    </svg>
  );
}

export function KindName({ kind }: { kind: Before }) {
  return (
    <span className="kind-name">
      <KindSign kind={kind} /> {journeysWords.before.kinds[kind]}
    </span>
  );
}

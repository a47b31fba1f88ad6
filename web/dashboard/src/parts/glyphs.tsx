// Our own signs: one per cause, one pen line per word for a moment, the logo. Shape carries the meaning, colour repeats it.
import type { ReactNode } from "react";
import { signalName, words } from "../words";
import type { Cause } from "../theme";

/** The one detector whose signals cost nothing by themselves. */
export const HARMLESS = "multi_click";

const OUTLINES: Record<Cause | "dead" | "harmless" | "script", ReactNode> = {
  wait: <path d="M3 1.5h8M3 12.5h8M4 1.5c0 3 6 4.5 6 11M10 1.5c0 3-6 4.5-6 11" />,
  fail: (
    <>
      <path d="M5 1.5h4L12.5 5v4L9 12.5H5L1.5 9V5z" />
      <path d="M5 5l4 4M9 5l-4 4" />
    </>
  ),
  noans: <path d="M7 1v3M7 10v3M1 7h3M10 7h3M2.8 2.8l2 2M9.2 9.2l2 2M11.2 2.8l-2 2M4.8 9.2l-2 2" />,
  harmless: <circle cx="7" cy="7" r="3.6" />,
  script: (
    <>
      <path d="M5 1.5h4L12.5 5v4L9 12.5H5L1.5 9V5z" />
      <path d="M7 4.2v3.2M7 9.8v.1" />
    </>
  ),
  dead: (
    <>
      <circle cx="7" cy="7" r="5.3" />
      <path d="M3.5 10.5l7-7" />
    </>
  ),
  circle: <path d="M12 7a5 5 0 1 1-1.6-3.7M10.6 .8v2.8H7.8" />,
  form: (
    <>
      <rect x="1.5" y="3" width="11" height="8" rx="1.5" />
      <path d="M4 7h3M9.5 5v4" />
    </>
  ),
  restless: <path d="M1 8c1.5-4 2.5-4 4 0s2.5 4 4 0 2.5-4 4 0" />,
};

/** Detectors with a sign of their own within their cause: a page's error is told apart from a request's. */
const OWN_SIGNS: Record<string, keyof typeof OUTLINES> = {
  dead_click: "dead", [HARMLESS]: "harmless", js_error: "script", js_error_background: "script", crash: "script",
};

/** The bare outline in a 14 × 14 box, for use inside another SVG. */
export function GlyphOutline({ cause, signal }: { cause: Cause; signal?: string }) {
  return (
    <g fill="none" stroke={signal === HARMLESS ? "var(--ink3)" : `var(--${cause})`} strokeWidth={1.7} strokeLinecap="round" strokeLinejoin="round">
      {OUTLINES[OWN_SIGNS[signal ?? ""] ?? cause]}
    </g>
  );
}

/** Sign of a cause, or of a detector within it; `named` where its name does not stand beside it: for screen readers and as a tooltip. */
export function CauseGlyph({ cause, signal, size = 16, named = false }: { cause: Cause; signal?: string; size?: number; named?: boolean }) {
  const label = signal ? signalName(signal) : words.cause[cause].label;
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" className="glyph" {...(named ? { role: "img", "aria-label": label } : { "aria-hidden": true })}>
      {named && <title>{label}</title>}
      <GlyphOutline cause={cause} signal={signal} />
      {named && <rect width={14} height={14} fill="transparent" />}
    </svg>
  );
}

const LINES: Record<string, { path: string; colour: string; dash?: string }> = {
  frustrated: { path: "M1 8l4-5 3 9 3-10 3 10 3-9 4 5", colour: "var(--fail)" },
  confused: { path: "M1 8c4 0 6-5 9-5s3 7 0 7-2-6 2-6 5 5 9 4", colour: "var(--noans)" },
  hesitant: { path: "M1 8h5M10 8h3M17 8h4", colour: "var(--wait)" },
  disengaged: { path: "M1 3c6 0 7 7 20 8", colour: "var(--restless)" },
  neutral: { path: "M1 7h20", colour: "var(--ink3)" },
  engaged: { path: "M1 10c5 0 6-6 10-6s4 3 10-2", colour: "var(--accent)" },
  unknown: { path: "M1 7h20", colour: "var(--ink3)", dash: "0.1 4" },
};

export function momentColour(emotion: string): string {
  return LINES[emotion]?.colour ?? "var(--ink3)";
}

/** The pen line of a word for a moment. A line describes a stretch of time; a face would claim to know the person. */
export function MomentLine({ emotion, size = 20 }: { emotion: string; size?: number }) {
  const line = LINES[emotion] ?? LINES.unknown;
  return (
    <svg width={size} height={(size * 14) / 22} viewBox="0 0 22 14" className="glyph" aria-hidden="true">
      <path d={line?.path} fill="none" stroke={line?.colour} strokeWidth={2} strokeDasharray={line?.dash} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

export function Logo({ named = true }: { named?: boolean }) {
  return (
    <span className="logo">
      <svg width={26} height={17} viewBox="0 0 36 24" aria-hidden="true">
        <path d="M2 6h8c4.5 0 4 12 8.5 12 4 0 4.5-6 9-6h6.5" fill="none" stroke="var(--accent)" strokeWidth={3} strokeLinecap="round" />
        <circle cx={18.5} cy={17.5} r={4} fill="var(--hurt-fill)" stroke="var(--surface)" strokeWidth={2} />
      </svg>
      {named && <span className="logo-name">{words.product.toLowerCase()}</span>}
    </span>
  );
}

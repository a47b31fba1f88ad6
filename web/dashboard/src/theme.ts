// Colours of the visual direction, once. Charts take the tokens of the current scheme from `tokens`; everything else reads the CSS
// variables that are made of them.

export type Scheme = "light" | "dark";
export type Cause = "wait" | "fail" | "noans" | "circle" | "form" | "restless";

/** The order in which causes stand everywhere: bars, lists, legends. */
export const CAUSES: readonly Cause[] = ["wait", "fail", "noans", "circle", "form", "restless"];

export interface Tokens {
  bg: string; surface: string; raised: string; sunken: string; line: string; line2: string;
  ink: string; ink2: string; ink3: string;
  accent: string; accentHover: string; accentSoft: string; accentOn: string;
  hurt: string; hurtFill: string; hurtSoft: string; warn: string; warnSoft: string;
  kept: string; call: string;
  wait: string; fail: string; noans: string; circle: string; form: string; restless: string;
}

export const tokens: Record<Scheme, Tokens> = {
  light: {
    bg: "#F3F6F5", surface: "#FFFFFF", raised: "#FFFFFF", sunken: "#EAF0EE", line: "#DCE5E2", line2: "#B9C7C3",
    ink: "#12211F", ink2: "#42534F", ink3: "#5A6B67",
    accent: "#0B6670", accentHover: "#08525A", accentSoft: "#DCEEEF", accentOn: "#FFFFFF",
    hurt: "#A5320F", hurtFill: "#C03F1B", hurtSoft: "#FCEDE6", warn: "#7A4A00", warnSoft: "#FBF1DC",
    kept: "#B9D8D8", call: "#63B9B8",
    wait: "#D07F00", fail: "#C03F1B", noans: "#6F3F79", circle: "#9E648D", form: "#622C07", restless: "#8F9083",
  },
  dark: {
    bg: "#0C1413", surface: "#131D1C", raised: "#1B2726", sunken: "#1A2625", line: "#24312F", line2: "#3F504C",
    ink: "#E6EEEC", ink2: "#B4C3BF", ink3: "#90A19D",
    accent: "#74CBD0", accentHover: "#93DADE", accentSoft: "#163436", accentOn: "#06201F",
    hurt: "#FF9473", hurtFill: "#FC6C3F", hurtSoft: "#321D15", warn: "#FFC765", warnSoft: "#2F2613",
    kept: "#2C5557", call: "#2E8A8E",
    wait: "#FFB331", fail: "#FC6C3F", noans: "#B268D9", circle: "#EBC3E0", form: "#A46A49", restless: "#AAA6A0",
  },
};

export const UI_FONT = '"Hanken Grotesk Variable", "Hanken fallback", system-ui, sans-serif';

function variables(scheme: Scheme): string {
  const own = Object.entries(tokens[scheme]).map(([name, value]) => `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}:${value};`);
  return `color-scheme:${scheme};${own.join("")}`;
}

/** Makes the CSS variables of both schemes; scheme.ts says which of them hold. */
export function startTheme(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:root{${variables("light")}}:root[data-scheme="dark"]{${variables("dark")}}`);
  document.adoptedStyleSheets.push(sheet);
}

// Colours and sizes of the visual direction, once, and the Mantine theme that is made of them.
// Charts take the tokens of the current scheme from `tokens`; everything else reads the CSS variables.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

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
const CODE_FONT = 'ui-monospace, Menlo, "DejaVu Sans Mono", monospace';

const tide: MantineColorsTuple = [
  "#E9F5F5", "#D3E9EA", "#A5D3D5", "#74BCC0", "#4CA8AE", "#2F979E", "#1D848C", "#0B6670", "#08525A", "#053C42",
];

export const theme = createTheme({
  primaryColor: "tide",
  primaryShade: { light: 7, dark: 3 },
  colors: { tide },
  fontFamily: UI_FONT,
  fontFamilyMonospace: CODE_FONT,
  defaultRadius: 8,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { variant: "default", h: 32, px: 12 } },
    ActionIcon: { defaultProps: { variant: "subtle", size: 32 } },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 0 } } },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 0 } } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 0 }, events: { hover: true, focus: true, touch: false } } },
    SegmentedControl: { defaultProps: { size: "sm", transitionDuration: 0 } },
    Skeleton: { defaultProps: { animate: false } },
  },
});

function variables(scheme: Scheme): Record<string, string> {
  const t = tokens[scheme];
  const own = Object.fromEntries(
    Object.entries(t).map(([name, value]) => [`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, value]),
  );
  return {
    ...own,
    "--mantine-color-body": t.bg,
    "--mantine-color-text": t.ink,
    "--mantine-color-dimmed": t.ink3,
    "--mantine-color-placeholder": t.ink3,
    "--mantine-color-default": t.surface,
    "--mantine-color-default-hover": t.sunken,
    "--mantine-color-default-color": t.ink,
    "--mantine-color-default-border": t.line2,
    "--mantine-color-error": t.hurt,
  };
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables("light"),
  dark: variables("dark"),
});

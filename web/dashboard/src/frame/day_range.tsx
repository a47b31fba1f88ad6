// The calendar of the period control; a chunk of its own, since few open it.
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/global.css";
import "@mantine/dates/styles.css";
import { createTheme, MantineProvider, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useEffect, useRef, useState } from "react";
import { Button } from "../controls/button";
import { localDate, type Period } from "../period";
import { useScheme } from "../scheme";
import { words } from "../words";

const tide: MantineColorsTuple = ["#E9F5F5", "#D3E9EA", "#A5D3D5", "#74BCC0", "#4CA8AE", "#2F979E", "#1D848C", "#0B6670", "#08525A", "#053C42"];
const theme = createTheme({ primaryColor: "tide", primaryShade: { light: 7, dark: 3 }, colors: { tide }, fontFamily: "var(--ui-font)", defaultRadius: 8, cursorType: "pointer", respectReducedMotion: true });
/** Mantine's colours where its calendar shows them. */
const ours = { "--mantine-color-body": "var(--bg)", "--mantine-color-text": "var(--ink)", "--mantine-color-dimmed": "var(--ink3)", "--mantine-color-error": "var(--hurt)" };
const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });

interface DayRangeProps {
  period: Period;
  /** Both days belong to the period; local `YYYY-MM-DD`. */
  onChoose: (since: string, until: string) => void;
}

export default function DayRange({ period, onChoose }: DayRangeProps) {
  const last = new Date(period.until.getTime() - 1);
  const [range, setRange] = useState<[string | null, string | null]>([localDate(period.since), localDate(last)]);
  const [since, until] = range;
  const root = useRef<HTMLDivElement>(null);
  // What was pressed to come here is gone: the keyboard goes on at the first chosen day.
  useEffect(() => {
    const find = (what: string) => root.current?.querySelector<HTMLElement>(what);
    (find("[data-first-in-range]") ?? find("[data-selected]") ?? find("button"))?.focus();
  }, []);
  return (
    <div className="day-range" ref={root}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={useScheme()} deduplicateCssVariables={false}>
        <DatePicker type="range" allowSingleDateInRange value={range} onChange={setRange} maxDate={localDate(new Date())} defaultDate={since ?? undefined} firstDayOfWeek={1} weekendDays={[]} hideOutsideDates ariaLabels={words.period.calendar} />
      </MantineProvider>
      <Button variant="filled" fullWidth disabled={!since || !until} onClick={() => since && until && onChoose(since, until)}>
        {words.period.apply}
      </Button>
    </div>
  );
}

// The calendar of the period control; a chunk of its own, since few open it.
import "@mantine/dates/styles.css";
import { Button } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useState } from "react";
import { localDate, type Period } from "../period";
import { words } from "../words";

interface DayRangeProps {
  period: Period;
  /** Both days belong to the period; local `YYYY-MM-DD`. */
  onChoose: (since: string, until: string) => void;
}

export default function DayRange({ period, onChoose }: DayRangeProps) {
  const last = new Date(period.until.getTime() - 1);
  const [range, setRange] = useState<[string | null, string | null]>([localDate(period.since), localDate(last)]);
  const [since, until] = range;
  return (
    <div className="day-range">
      <DatePicker type="range" allowSingleDateInRange value={range} onChange={setRange} maxDate={localDate(new Date())} defaultDate={since ?? undefined} firstDayOfWeek={1} weekendDays={[]} />
      <Button variant="filled" fullWidth disabled={!since || !until} onClick={() => since && until && onChoose(since, until)}>
        {words.period.apply}
      </Button>
    </div>
  );
}

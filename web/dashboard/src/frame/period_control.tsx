// Chooses the period of all pages: three presets, or days from a calendar (loaded when it is first opened).
import { IconCalendar, IconCheck } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { Button, UnstyledButton } from "../controls/button";
import { Popover } from "../controls/popover";
import { Blocks } from "../parts/states";
import { useChangeSearch, usePeriod } from "../place";
import { zone } from "../format";
import { datesOf, PRESETS, type Period } from "../period";
import { words } from "../words";

const DayRange = lazy(() => import("./day_range"));

/** Dates of the equally long period before, "8–14 Nov". */
function datesBefore({ since, until }: Period): string {
  return datesOf(new Date(2 * since.getTime() - until.getTime()), since);
}

export function PeriodControl() {
  const period = usePeriod();
  const change = useChangeSearch();
  const [opened, setOpened] = useState(false);
  const [days, setDays] = useState(false);
  const dates = datesOf(period.since, period.until);
  const name = period.preset ? words.period.preset[period.preset] : dates;
  const close = () => {
    setOpened(false);
    setDays(false);
  };
  return (
    <Popover opened={opened} onChange={(next) => (next ? setOpened(true) : close())} position="bottom-start">
      <Popover.Target>
        <Button title={words.frame.zone(zone())} leftSection={<IconCalendar size={16} stroke={1.7} />} onClick={() => setOpened(!opened)}>
          <span className="sr">{words.frame.period}: </span>
          {name}
          <span className="period-dates">
            {period.preset ? `${dates}, ` : ""}
            {words.period.against(datesBefore(period))}
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="tight">
        {days ? (
          <Suspense fallback={<Blocks blocks={[[252, 280]]} />}>
            <DayRange
              period={period}
              onChoose={(since, until) => {
                change({ period: undefined, since, until });
                close();
              }}
            />
          </Suspense>
        ) : (
          <div className="choices">
            {PRESETS.map((preset) => (
              <UnstyledButton
                key={preset}
                className="choice"
                aria-pressed={period.preset === preset}
                onClick={() => {
                  change({ period: preset, since: undefined, until: undefined });
                  close();
                }}
              >
                {words.period.preset[preset]}
                {period.preset === preset && <IconCheck size={15} stroke={1.7} aria-hidden="true" />}
              </UnstyledButton>
            ))}
            <UnstyledButton className="choice" onClick={() => setDays(true)}>
              {words.period.custom} …
            </UnstyledButton>
            <p className="choices-note">
              {words.frame.compared} {words.frame.zone(zone())}.
            </p>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

// Batches by hour: what never arrived above what arrived, each on its own scale, over one row of hours; the same as a table.
import { useState } from "react";
import { count, share, timeOfDay } from "../format";
import { Card } from "../parts/card";
import { TableToggle } from "../parts/table_toggle";
import { systemWords } from "../system_words";
import type { SystemPage } from "../types";
import { hoursOf, summed, type Hour } from "./hours";

/** Every so many hours one is named. */
const NAMED_EVERY = 6;
const { hours: said } = systemWords;

export function HoursCard({ page }: { page: SystemPage }) {
  const [asTable, setAsTable] = useState(false);
  const hours = hoursOf(page);
  const { received, lost, worst } = summed(hours);
  if (received + lost === 0) {
    return (
      <Card title={said.title} sub={said.sub}>
        <p className="quiet">{said.none}</p>
      </Card>
    );
  }
  const sentence = worst ? said.lost(lost, received + lost, timeOfDay(worst.atMs), worst.lost) : said.whole(received);
  return (
    <Card title={said.title} sub={said.sub} side={<TableToggle asTable={asTable} onChange={setAsTable} />}>
      <p>{sentence}</p>
      {asTable ? (
        <HoursTable hours={hours} />
      ) : (
        <div role="img" aria-label={sentence} className="hours">
          <Bars hours={hours} name={systemWords.lost} of="lost" />
          <Bars hours={hours} name={systemWords.arrived} of="received" />
          <p className="hour-names">
            {hours.map(({ atMs }, index) => (
              <span key={atMs}>{index % NAMED_EVERY === 0 && <span>{timeOfDay(atMs)}</span>}</span>
            ))}
          </p>
        </div>
      )}
    </Card>
  );
}

/** From zero; the highest bar is as high as the panel, and says how much it is. */
function Bars({ hours, name, of }: { hours: readonly Hour[]; name: string; of: "lost" | "received" }) {
  const most = Math.max(...hours.map((one) => one[of]));
  return (
    <>
      <p className="hour-scale">
        <span>{name}</span> <span>{count(most)}</span>
      </p>
      <div className={`hour-bars ${of}`}>
        {hours.map((one, index) => (
          <span key={one.atMs} title={said.bar(timeOfDay(one.atMs), one.received, one.lost)} data-open={index === hours.length - 1}>
            <i style={{ height: most > 0 ? `${(100 * one[of]) / most}%` : 0 }} data-none={one[of] === 0} />
          </span>
        ))}
      </div>
    </>
  );
}

function HoursTable({ hours }: { hours: readonly Hour[] }) {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{said.hour}</th>
          <th scope="col" className="number">{systemWords.arrived}</th>
          <th scope="col" className="number">{systemWords.lost}</th>
        </tr>
      </thead>
      <tbody>
        {hours.map(({ atMs, received, lost }, index) => (
          <tr key={atMs}>
            <td>
              {timeOfDay(atMs)} {index === hours.length - 1 && <span className="quiet">{said.unfinished}</span>}
            </td>
            <td className="number">{count(received)}</td>
            <td className="number">{lost ? `${count(lost)} (${share(lost / (received + lost))})` : "0"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// The clicked elements beside the map: clicks per 1,000 views (of few views the clicks themselves), shares without answer, rage; each count opens its sessions.
import { IconPlayerPlay } from "@tabler/icons-react";
import { Button, CloseButton, UnstyledButton } from "../controls/button";
import { count, points, share } from "../format";
import { heat } from "../heat_words";
import { Card } from "../parts/card";
import { FEW } from "../parts/few";
import { CauseGlyph } from "../parts/glyphs";
import { SessionsLink, useChangeSearch } from "../place";
import type { Search } from "../search";
import type { HeatElement, HeatElements, Rate } from "../types";
import { isOftenDead, nameOf } from "./marks";

interface ElementCardProps {
  found: HeatElements;
  /** Of the period before or of the other segment, and how its numbers are said. */
  compared: HeatElements | undefined;
  says?: { value: (n: string) => string; none: string; only?: (names: string) => string };
  chosen: string | undefined;
  leastPeople: number;
  stale: boolean;
}

export function perThousand(value: number): string {
  return value > 0 && value < 10 ? points(value) : count(value);
}

/** Clicks per 1,000 views, or, where one side has too few views for a rate, clicks. */
export function clicksOf({ clicks, clicks_per_1000 }: Pick<HeatElement, "clicks" | "clicks_per_1000">, isFew: boolean): string {
  return isFew ? count(clicks) : perThousand(clicks_per_1000);
}

export function intervalOf({ low, high }: Rate): string {
  return heat.interval(share(low), share(high));
}

const BEFORE = { value: heat.before, none: heat.noneBefore };
const ONLY_SHOWN = 5;

export function ElementCard({ found, compared, says = BEFORE, chosen, leastPeople, stale }: ElementCardProps) {
  const most = Math.max(1, ...found.elements.map((row) => row.clicks_per_1000));
  const then = compared && compared.views > 0 ? new Map(compared.elements.map((row) => [row.element, row])) : null;
  const isFew = found.views < FEW || (then !== null && compared !== undefined && compared.views < FEW);
  const only = (then && found.element_count === found.elements.length ? compared?.elements ?? [] : []).filter((row) => row.element !== "" && !found.elements.some((one) => one.element === row.element)).slice(0, ONLY_SHOWN).map(nameOf);
  return (
    <Card title={heat.elements} sub={isFew ? heat.elementsFew(found.views) : heat.elementsSub} stale={stale}>
      {found.elements.length === 0 ? (
        <p className="quiet">{heat.noElements}</p>
      ) : (
        <table className="heat-elements">
          <thead>
            <tr>
              <th scope="col">{heat.columns.element}</th>
              <th scope="col">{heat.columns.clicks}</th>
              <th scope="col">{heat.columns.dead}</th>
              <th scope="col">{heat.columns.rage}</th>
            </tr>
          </thead>
          <tbody>
            {found.elements.map((row) => (
              <Row key={row.element} row={row} then={then ? (then.get(row.element) ?? null) : undefined} value={says.value} isFew={isFew} most={most} isChosen={row.element === chosen} leastPeople={leastPeople} />
            ))}
          </tbody>
        </table>
      )}
      {compared && compared.views === 0 && <p className="quiet">{says.none}</p>}
      {only.length > 0 && says.only && <p className="quiet">{says.only(only.join(", "))}</p>}
      {found.element_count > found.elements.length && <p className="quiet">{heat.more(found.elements.length, found.element_count)}</p>}
    </Card>
  );
}

interface RowProps {
  row: HeatElement;
  then: HeatElement | null | undefined;
  value: (n: string) => string;
  isFew: boolean;
  most: number;
  isChosen: boolean;
  leastPeople: number;
}

function Row({ row, then, value, isFew, most, isChosen, leastPeople }: RowProps) {
  const change = useChangeSearch();
  const name = row.element === "" ? heat.unnamed : nameOf(row);
  const rate = heat.clickRate(share(row.rate.share), share(row.rate.low), share(row.rate.high));
  return (
    <tr data-chosen={isChosen || undefined}>
      <th scope="row">
        {row.element === "" ? (
          <span className="heat-element">{name}</span>
        ) : (
          <UnstyledButton className="heat-element" aria-pressed={isChosen} aria-label={heat.choose(name)} title={row.element} onClick={() => change({ element: isChosen ? undefined : row.element })}>
            {name}
          </UnstyledButton>
        )}
        <small>
          <SessionsLink search={row.filter as Search} label={`${heat.ofSessions(row.sessions)}: ${name}`}>
            {heat.ofSessions(row.sessions)}
          </SessionsLink>
          {row.fixed && `, ${heat.fixed}`}
        </small>
      </th>
      <td title={rate}>
        {clicksOf(row, isFew)}
        <span className="heat-bar" aria-hidden="true">
          <i style={{ width: `${(100 * row.clicks_per_1000) / most}%` }} />
        </span>
        {then !== undefined && <small>{value(then ? clicksOf(then, isFew) : "0")}</small>}
      </td>
      <td className={isOftenDead(row, leastPeople) ? "hurts" : row.dead_sessions === 0 ? "calm" : ""} title={intervalOf(row.dead)}>
        {row.dead_sessions === 0 ? "0" : <SessionsLink search={row.dead_filter as Search} label={`${share(row.dead.share)}: ${name}, ${heat.columns.dead}, ${heat.ofSessions(row.dead_sessions)}`}>{share(row.dead.share)}</SessionsLink>}
        {then !== undefined && <small>{value(then ? share(then.dead.share) : "0")}</small>}
      </td>
      <td className={row.rage_sessions === 0 ? "calm" : ""} title={intervalOf(row.rage)}>
        {row.rage_sessions === 0 ? "0" : (
          <SessionsLink search={row.rage_filter as Search} label={`${share(row.rage.share)}: ${name}, ${heat.columns.rage}, ${heat.ofSessions(row.rage_sessions)}`}>
            <CauseGlyph cause="noans" size={14} /> {share(row.rage.share)}
          </SessionsLink>
        )}
        {then !== undefined && <small>{value(then ? share(then.rage.share) : "0")}</small>}
      </td>
    </tr>
  );
}

/** What is known of the chosen element, in a sentence, and the way to its sessions. */
export function ChosenCard({ row }: { row: HeatElement }) {
  const change = useChangeSearch();
  return (
    <Card title={nameOf(row)} sub={heat.chosen(row.sessions)} side={<CloseButton size={24} aria-label={heat.close} onClick={() => change({ element: undefined })} />}>
      <p className="say heat-said">{row.dead_clicks > 0 ? heat.said(share(row.dead.share), share(row.dead.low), share(row.dead.high)) : heat.answered}</p>
      <p className="quiet">{heat.clickRate(share(row.rate.share), share(row.rate.low), share(row.rate.high))}</p>
      <div className="state-actions">
        <SessionsLink search={row.filter as Search} className="">
          <Button renderRoot={(props) => <span {...props} />} variant="filled" leftSection={<IconPlayerPlay size={15} stroke={1.7} />}>
            {heat.watch(row.sessions)}
          </Button>
        </SessionsLink>
        {row.dead_sessions > 0 && (
          <SessionsLink search={row.dead_filter as Search} className="">
            <Button renderRoot={(props) => <span {...props} />}>{heat.watchDead(row.dead_sessions)}</Button>
          </SessionsLink>
        )}
      </div>
    </Card>
  );
}

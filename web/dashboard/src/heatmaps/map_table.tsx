// The map as a table: its fullest spots, or how far down the page people came.
import { count, duration, points, share } from "../format";
import { heat } from "../heat_words";
import type { HeatCell, Heatmap } from "../types";

const MOST_CELLS = 50;
/** Every tenth row of the page: 160 px. */
const EVERY_ROW = 10;

export function MapTable({ map }: { map: Heatmap }) {
  const isByRow = map.layer === "scroll" || map.layer === "attention";
  if ((isByRow ? map.rows : map.cells).length === 0) return null;
  return (
    <details className="heat-table">
      <summary>{heat.table}</summary>
      {isByRow ? <Depths map={map} /> : <Spots map={map} />}
    </details>
  );
}

function placeOf({ element, x, y, fixed = false }: HeatCell): string {
  return element === undefined || element === null ? heat.cellPlace(x, y, fixed) : heat.elementPlace(element, x, y);
}

function Spots({ map }: { map: Heatmap }) {
  const { place, amount, views, share: part } = heat.tableColumns;
  return (
    <table>
      <thead>
        <tr>{[place, amount, views, part].map((title) => <th key={title} scope="col">{title}</th>)}</tr>
      </thead>
      <tbody>
        {map.cells.slice(0, MOST_CELLS).map((cell) => (
          <tr key={placeOf(cell)}>
            <th scope="row">{placeOf(cell)}</th>
            <td>{map.layer === "move" ? duration(cell.amount * 1000) : points(cell.amount).replace(".0", "")}</td>
            <td>{count(cell.views)}</td>
            <td>{`${share(cell.views / map.views)} (${share(cell.low)} – ${share(cell.high)})`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Depths({ map }: { map: Heatmap }) {
  const { depth, reach, attention } = heat.tableColumns;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{depth}</th>
          <th scope="col">{reach}</th>
          {map.layer === "attention" && <th scope="col">{attention}</th>}
        </tr>
      </thead>
      <tbody>
        {map.rows.filter((row) => row.y % EVERY_ROW === EVERY_ROW - 1).map((row) => (
          <tr key={row.y}>
            <th scope="row">{heat.rowPlace(row.y)}</th>
            <td>{`${share(row.reach.share)} (${share(row.reach.low)} – ${share(row.reach.high)})`}</td>
            {map.layer === "attention" && <td>{duration(row.attention_ms ?? 0)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// What a trial came to: per kind found now and then, and examples of what is new or gone.
import { clock, count, dateTime } from "../format";
import { CauseGlyph } from "../parts/glyphs";
import { SessionLink } from "../place";
import type { Trial, TypeTrial } from "../types";
import { signalsWords } from "../signals_words";
import { causeOfSignal, signalName } from "../words";
import { sentence } from "./places";

const { lab } = signalsWords;

export function TrialResult({ trial }: { trial: Trial }) {
  const moved = trial.types.filter((row) => row.gained > 0 || row.lost > 0);
  const failed = Object.keys(trial.failed);
  return (
    <section className="trial" aria-label={lab.result}>
      <h3>{lab.result}</h3>
      <p>
        {trial.sessions_changed === 0 ? lab.none : lab.changed(trial.sessions_changed, trial.sessions)}{" "}
        {trial.score_before !== null && trial.score_after !== null && lab.score(trial.score_before, trial.score_after)}
      </p>
      <p className="quiet">
        {trial.says} {failed.length > 0 && lab.failed(failed.join(", "))}
      </p>
      {moved.length > 0 && (
        <table className="kinds-table">
          <thead>
            <tr>
              <th scope="col">{lab.columns.kind}</th>
              <th scope="col">{lab.columns.before}</th>
              <th scope="col">{lab.columns.after}</th>
              <th scope="col">{lab.columns.gained}</th>
              <th scope="col">{lab.columns.lost}</th>
              <th scope="col" className="wide-only">{lab.columns.sessions}</th>
            </tr>
          </thead>
          <tbody>
            {moved.map((row) => (
              <tr key={row.type}>
                <th scope="row">
                  <span className="kind-name">
                    <CauseGlyph cause={causeOfSignal(row.type)} signal={row.type} /> {sentence(signalName(row.type))}
                  </span>
                </th>
                <td>{count(row.before)}</td>
                <td>{count(row.after)}</td>
                <td>{count(row.gained)}</td>
                <td>{count(row.lost)}</td>
                <td className="wide-only">{count(row.sessions)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {moved.map((row) => (
        <div key={row.type} className="trial-examples">
          <ExampleList title={`${lab.gained}: ${signalName(row.type)}`} rows={row.examples_gained} />
          <ExampleList title={`${lab.gone}: ${signalName(row.type)}`} rows={row.examples_lost} />
        </div>
      ))}
    </section>
  );
}

function ExampleList({ title, rows }: { title: string; rows: TypeTrial["examples_gained"] }) {
  if (rows.length === 0) return null;
  return (
    <div>
      <h4>{sentence(title)}</h4>
      <ul className="plain-examples">
        {rows.map((one) => (
          <li key={`${one.session_id} ${one.at}`}>
            <SessionLink sessionId={one.session_id} search={{ t: one.t }} className="number-link">
              {signalsWords.place(one.element_id ?? "", one.screen ?? "")}
            </SessionLink>
            <small>
              {dateTime(one.at)}, {signalsWords.examples.at(clock(one.t * 1000))}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}

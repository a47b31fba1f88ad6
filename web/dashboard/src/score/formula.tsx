// How a score is worked out: in words, with the weights that are in force, and with one real session.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { points } from "../format";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { CauseGlyph } from "../parts/glyphs";
import { NoneLine } from "../parts/none_left";
import { SessionLink, useProject, useSearchState } from "../place";
import { sessionQuery } from "../queries";
import { issueDetail } from "../session/said";
import { kept } from "../search";
import { thresholdsQuery } from "../signals/queries";
import type { SessionPage, Threshold } from "../types";
import { scoreWords } from "../score_words";
import { causeOfSignal, signalName } from "../words";
import { sentence } from "../signals/places";

const { formula, example } = scoreWords;
const WEIGHT = "weight.";
const REPEAT = "score.repeat_factor";

/** What one surely seen thing of weight `w` leaves of 100 points: 100 · e^(−w). */
export function leaves(weight: number): number {
  return 100 * Math.exp(-weight);
}

export function FormulaCard() {
  const { data } = useQuery(thresholdsQuery(useProject()));
  const repeat = data?.thresholds.find((one) => one.name === REPEAT);
  return (
    <Card title={formula.title}>
      <div className="formula">
        <p>{formula.text}</p>
        {repeat && <p>{formula.repeat(repeat.value)}</p>}
      </div>
    </Card>
  );
}

export function WeightsCard() {
  const project = useProject();
  const here = useSearchState();
  const { data, error, refetch } = useQuery(thresholdsQuery(project));
  const weights = data?.thresholds.filter((one) => one.name.startsWith(WEIGHT)).sort((a, b) => b.value - a.value) ?? [];
  return (
    <Card title={formula.weights} sub={formula.weightsSub}>
      <Answer to={{ data, error, refetch }} blocks={Array.from({ length: 19 }, () => ["100%", 20] as const)}>
        {() => (
          <table className="score-table weights">
            <thead>
              <tr>
                <th scope="col">{formula.columns.kind}</th>
                <th scope="col">{formula.columns.weight}</th>
                <th scope="col">{formula.columns.leaves}</th>
              </tr>
            </thead>
            <tbody>
              {weights.map((one) => (
                <Weight key={one.name} one={one} />
              ))}
            </tbody>
          </table>
        )}
      </Answer>
      <p className="formula-foot">
        <Link to="/p/$project/signals" params={{ project }} search={{ ...kept(here), lab: 1 }} className="number-link">
          {formula.change}
        </Link>
      </p>
    </Card>
  );
}

/** Two decimals, so that the points stand under one another; all of them where there are more. */
function weightText(weight: number): string {
  const short = weight.toFixed(2);
  return Number(short) === weight ? short : String(weight);
}

function Weight({ one }: { one: Threshold }) {
  const kind = one.name.slice(WEIGHT.length);
  return (
    <tr>
      <th scope="row">
        <span className="kind-name">
          <CauseGlyph cause={causeOfSignal(kind)} signal={kind} /> {sentence(signalName(kind))}
        </span>
      </th>
      <td>
        {weightText(one.value)} {one.is_changed && <small>{formula.changed(one.default)}</small>}
      </td>
      <td>{points(leaves(one.value))}</td>
    </tr>
  );
}

export function ExampleCard({ sessionId }: { sessionId: string | null }) {
  return (
    <Card title={example.title}>{sessionId === null ? <NoneLine text={example.none} /> : <Asked sessionId={sessionId} />}</Card>
  );
}

function Asked({ sessionId }: { sessionId: string }) {
  return (
    <Answer to={useQuery(sessionQuery(useProject(), sessionId))} blocks={[["60%", 24], ["100%", 200]]}>
      {(page) => <Worked sessionId={sessionId} page={page} />}
    </Answer>
  );
}

function Worked({ sessionId, page: data }: { sessionId: string; page: SessionPage }) {
  const search = kept(useSearchState());
  const { issues, exact } = data.score;
  const hazard = issues.reduce((sum, issue) => sum + issue.hazard, 0);
  const score = exact ?? leaves(hazard);
  return (
    <div className="worked">
      <p className="worked-title">{data.session.title}</p>
      <table className="score-table">
        <thead>
          <tr>
            <th scope="col">{example.issue}</th>
            <th scope="col">{example.hazard}</th>
            <th scope="col">{example.points}</th>
          </tr>
        </thead>
        <tbody>
          {issues.map((issue, index) => (
            <tr key={index}>
              <th scope="row">
                <span className="kind-name">
                  {issue.cause && <CauseGlyph cause={issue.cause} signal={issue.type} />} {issue.label}
                </span>
                {issueDetail(issue) && <small>{issueDetail(issue)}</small>}
              </th>
              <td>{issue.hazard.toFixed(3)}</td>
              <td>{points(issue.points)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{example.sum(hazard)}</p>
      <p className="worked-result">{example.result(hazard, score)}</p>
      <p className="quiet">{example.share(100 - score)}</p>
      <SessionLink sessionId={sessionId} search={search} className="number-link">
        {example.open}
      </SessionLink>
    </div>
  );
}

// The laboratory: other numbers, tried on recorded visits before they are used.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button, CloseButton } from "../controls/button";
import { NativeSelect, TextInput } from "../controls/input";
import { dateTime } from "../format";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { SlowNote } from "../parts/states";
import { useProject } from "../place";
import type { Threshold, Thresholds } from "../types";
import { signalsWords } from "../signals_words";
import { signalName } from "../words";
import { sentence } from "./places";
import { setThresholds, thresholdsQuery, tryValues } from "./queries";
import { groupOf, overridesWith, whyNot } from "./trial";
import { TrialResult } from "./trial_result";

const { lab } = signalsWords;
const DAYS = [3, 7, 14, 30];

export function Laboratory() {
  const slug = useProject();
  return (
    <Answer to={useQuery(thresholdsQuery(slug))} title={lab.title} blocks={[["min(100%, 900px)", 56], ["60%", 20]]}>
      {(held) => (
        <>
          <Bench held={held} />
          <InForce held={held} />
        </>
      )}
    </Answer>
  );
}

/** Choosing, trying, using. */
function Bench({ held }: { held: Thresholds }) {
  const slug = useProject();
  const [values, setValues] = useState<Record<string, number>>({});
  const [days, setDays] = useState(14);
  const trial = useMutation({ mutationFn: () => tryValues(slug, values, [], days) });
  const change = (next: Record<string, number>) => {
    setValues(next);
    trial.reset();
  };
  const chosen = Object.keys(values);
  return (
    <Card title={lab.title} sub={lab.lead}>
      <Chooser held={held} values={values} onAdd={(name, value) => change({ ...values, [name]: value })} />
      {chosen.length > 0 && (
        <div className="lab-row">
          <ul className="lab-values" aria-label={lab.together}>
            {chosen.map((name) => (
              <li key={name} className="chip">
                {name} = <b>{values[name]}</b>
                <CloseButton size={22} aria-label={lab.drop(name)} onClick={() => change(Object.fromEntries(Object.entries(values).filter(([one]) => one !== name)))} />
              </li>
            ))}
          </ul>
          <NativeSelect label={lab.days} value={String(days)} data={DAYS.map((n) => ({ value: String(n), label: lab.day(n) }))} onChange={(event) => setDays(Number(event.currentTarget.value))} />
          <Button height={36} variant={trial.data ? "default" : "filled"} loading={trial.isPending} onClick={() => trial.mutate()}>
            {lab.run}
          </Button>
        </div>
      )}
      <div aria-live="polite">
        {trial.isPending && (
          <>
            <p className="quiet">{lab.running}</p>
            <SlowNote />
          </>
        )}
        {trial.error && <p className="callout hurt">{trial.error.message}</p>}
        {trial.data && <TrialResult trial={trial.data} />}
        {trial.data && <Use held={held} values={values} onUsed={() => setValues({})} />}
      </div>
    </Card>
  );
}

function Chooser({ held, values, onAdd }: { held: Thresholds; values: Record<string, number>; onAdd: (name: string, value: number) => void }) {
  const groups = [...new Set(held.thresholds.map(groupOf))];
  const [group, setGroup] = useState(groups.includes("rage_click") ? "rage_click" : (groups[0] ?? ""));
  const members = held.thresholds.filter((one) => groupOf(one) === group);
  const [name, setName] = useState("");
  const one = members.find((member) => member.name === name) ?? members[0];
  const [typed, setTyped] = useState<string | null>(null);
  if (!one) return null;
  const text = typed ?? String(values[one.name] ?? one.value);
  const problem = whyNot(text, one);
  const add = () => {
    onAdd(one.name, Number(text.replace(",", ".")));
    setTyped(null);
  };
  return (
    <form className="lab-chooser" onSubmit={(event) => { event.preventDefault(); if (!problem) add(); }}>
      <NativeSelect label={lab.group} value={group} data={groups.map((value) => ({ value, label: sentence(signalName(value)) }))} onChange={(event) => { setGroup(event.currentTarget.value); setTyped(null); }} />
      <NativeSelect label={lab.threshold} value={one.name} data={members.map((member) => ({ value: member.name, label: sentence(member.name.slice(group.length + 1).replaceAll("_", " ")) }))} onChange={(event) => { setName(event.currentTarget.value); setTyped(null); }} />
      <TextInput label={lab.value} inputMode="decimal" value={text} error={typed !== null && problem === "invalid" ? lab.invalid(one.lowest, one.highest, one.is_whole) : undefined} onChange={(event) => setTyped(event.currentTarget.value)} />
      <Button height={36} type="submit" disabled={problem !== null}>
        {lab.add}
      </Button>
      <Meaning one={one} isSame={problem === "same"} />
    </form>
  );
}

function Meaning({ one, isSame }: { one: Threshold; isSame: boolean }) {
  return (
    <p className="lab-meaning">
      {sentence(one.says)}. <b>{lab.present(one.value)}</b>, {lab.standard(one.default)}, {lab.limits(one.lowest, one.highest)}. {isSame && lab.same} {lab.source}: {one.source}.
    </p>
  );
}

/** Asks once, says what will be done, and what was. */
function Use({ held, values, onUsed }: { held: Thresholds; values: Record<string, number>; onUsed: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const use = useSetThresholds();
  const what = Object.entries(values).map(([name, value]) => `${name} = ${value}`).join(", ");
  if (use.data) return null;
  if (!isAsking) {
    return (
      <Button variant="filled" className="lab-use" onClick={() => setAsking(true)}>
        {lab.use}
      </Button>
    );
  }
  return (
    <div className="callout warn lab-use" role="alertdialog" aria-label={lab.use}>
      <div>
        <p>{lab.confirm(what)}</p>
        {use.error && <p>{use.error.message}</p>}
        <div className="state-actions">
          <Button variant="filled" loading={use.isPending} autoFocus onClick={() => use.mutate(overridesWith(held.thresholds, values), { onSuccess: onUsed })}>
            {lab.yes}
          </Button>
          <Button onClick={() => setAsking(false)}>{lab.no}</Button>
        </div>
      </div>
    </div>
  );
}

function useSetThresholds() {
  const slug = useProject();
  const client = useQueryClient();
  return useMutation({
    mutationKey: ["set-thresholds", slug],
    mutationFn: (overrides: Record<string, number>) => setThresholds(slug, overrides),
    onSuccess: (changed) => {
      client.setQueryData(["thresholds-set", slug], changed);
      return client.invalidateQueries({ queryKey: ["thresholds", slug] });
    },
  });
}

function InForce({ held }: { held: Thresholds }) {
  const slug = useProject();
  const client = useQueryClient();
  const back = useSetThresholds();
  const changed = held.thresholds.filter((one) => one.is_changed);
  const last = client.getQueryData<{ version: string; outdated: number }>(["thresholds-set", slug]);
  return (
    <Card title={lab.inForce} sub={held.made_by && held.made_at ? lab.made(held.made_by, dateTime(held.made_at)) : undefined}>
      <p className="lab-said" aria-live="polite">
        {last && lab.used(last.version, last.outdated)}
      </p>
      {changed.length === 0 && <p className="quiet">{lab.asDefaults}</p>}
      <ul className="muted-list">
        {changed.map((one) => (
          <li key={one.name}>
            <span>
              <b>{one.name}</b> {lab.was(one.value, one.default)} <small>{one.says}</small>
            </span>
            <Button disabled={back.isPending} aria-label={`${lab.back}: ${one.name}`} onClick={() => back.mutate(overridesWith(held.thresholds, { [one.name]: one.default }))}>
              {lab.back}
            </Button>
          </li>
        ))}
      </ul>
      {back.error && <p className="callout hurt">{back.error.message}</p>}
    </Card>
  );
}

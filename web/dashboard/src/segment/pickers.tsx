// The conditions that need more than one value: a way through screens, a call and how it went, a range of scores.
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { Button } from "../controls/button";
import { funnelStepWords } from "../journeys/way";
import { PickList, matching, type Option } from "../parts/pick_list";
import { BandSign } from "../parts/score_mark";
import type { Search } from "../search";
import { segmentWords } from "../segment_words";
import { signalName } from "../words";
import { howWords } from "./conditions";
import { Values } from "./values";

const SLOW_MS = [1000, 2000, 4000, 10_000];
const HOWS: readonly string[] = ["failed", "4xx", "5xx", "network", "unfinished", ...SLOW_MS.map(String), "any"];
const MOST_STEPS = 8;

/** A screen's name inside of a path (docs/api.md, Ways). */
export function writeName(name: string): string {
  return name.replace(/[%>|!*^$@]|^ | $|(?<=^event):/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function WayPicker({ of, onDone }: { of: Search; onDone: (path: string) => void }) {
  const [steps, setSteps] = useState<readonly string[]>([]);
  return (
    <>
      {steps.length > 0 && (
        <div className="way-steps">
          <p aria-live="polite">{steps.map(funnelStepWords).join(` ${segmentWords.then} `)}</p>
          <Button aria-label={segmentWords.wayUndo} onClick={() => setSteps(steps.slice(0, -1))}>
            <IconArrowBackUp size={16} stroke={1.7} />
          </Button>
          {steps.length > 1 && (
            <Button variant="filled" onClick={() => onDone(steps.join(">>"))}>
              {segmentWords.wayDone}
            </Button>
          )}
        </div>
      )}
      {steps.length < MOST_STEPS && <Values of={of} key={steps.length} field="screen" label={segmentWords.wayNext(steps.length)} onPick={(screen) => setSteps([...steps, writeName(screen)])} />}
    </>
  );
}

export function CallPicker({ of, onDone }: { of: Search; onDone: (call: string) => void }) {
  const [api, setApi] = useState<string | null>(null);
  const [query, setQuery] = useState("");
  if (api === null) return <Values of={of} field="api" label={segmentWords.choose("API")} first={{ id: "any", text: segmentWords.anyApi }} onPick={setApi} />;
  const options: Option[] = HOWS.map((how) => ({ id: how, text: howWords(how) }));
  return <PickList label={`${api || segmentWords.anyApi} …`} query={query} onQuery={setQuery} options={matching(options, query)} onPick={(how) => onDone(`${how}:${api}`)} />;
}

export function SignalPicker({ of, label, onDone }: { of: Search; label: string; onDone: (signal: string) => void }) {
  const [signal, setSignal] = useState<string | null>(null);
  if (signal === null) return <Values key="signal" of={of} field="signal" label={label} onPick={setSignal} />;
  return <Values key="screen" of={of} field="screen" label={segmentWords.signalWhere(signalName(signal))} first={{ id: "any", text: segmentWords.anywhere }} onPick={(screen) => onDone(screen === "" ? signal : `${signal}:${screen}`)} />;
}

const BANDS = [["poor", "0-50"], ["strained", "50-90"], ["good", "90-100"]] as const;

export function ScorePicker({ onDone }: { onDone: (range: string) => void }) {
  const [from, setFrom] = useState("0");
  const [to, setTo] = useState("50");
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [least, below] = [Number(from), Number(to)];
    if (/^\d{1,3}$/.test(from) && /^\d{1,3}$/.test(to) && least < below && below <= 100) onDone(`${least}-${below}`);
    else setWrong(true);
  };
  return (
    <div className="score-picker">
      {BANDS.map(([band, range], index) => (
        <Button key={band} fullWidth className="from-left" data-autofocus={index === 0 || undefined} leftSection={<BandSign band={band} />} onClick={() => onDone(range)}>
          {segmentWords.bands[band]}
        </Button>
      ))}
      <form onSubmit={submit}>
        <label>
          {segmentWords.from} <input inputMode="numeric" value={from} onChange={(event) => setFrom(event.currentTarget.value.trim())} aria-invalid={isWrong} />
        </label>
        <label>
          {segmentWords.to} <input inputMode="numeric" value={to} onChange={(event) => setTo(event.currentTarget.value.trim())} aria-invalid={isWrong} />
        </label>
        <Button type="submit">{segmentWords.apply}</Button>
      </form>
      <p role="alert" className="field-error">{isWrong ? segmentWords.scoreWrong : ""}</p>
    </div>
  );
}

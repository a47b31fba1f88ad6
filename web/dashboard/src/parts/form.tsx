// Fields and changes of the pages that change something: a labelled field, an error in words, a question before what cannot be
// taken back.
import "../styles/form.css";
import { useMutation, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useId, useState, type InputHTMLAttributes, type ReactNode } from "react";
import { Button } from "../controls/button";

/** A change of something on the server, after which what shows it is asked anew. */
export function useChange<Input, Output>(run: (input: Input) => Promise<Output>, shows: readonly QueryKey[], onDone?: (output: Output) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: async (output) => {
      onDone?.(output);
      await Promise.all(shows.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
  });
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: string;
}

export function Field({ label, hint, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} autoComplete="off" spellCheck={false} aria-describedby={hint ? `${id}-hint` : undefined} {...input} />
      {hint && (
        <small id={`${id}-hint`}>{hint}</small>
      )}
    </div>
  );
}

export function Check({ label, checked, onChange }: { label: ReactNode; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** What went wrong, or what was done; announced. */
export function Outcome({ error, done }: { error: Error | null; done?: string | false }) {
  if (error) {
    return (
      <p role="alert" className="field-error">
        {error.message}
      </p>
    );
  }
  return (
    <p role="status" className="field-done">
      {done || ""}
    </p>
  );
}

interface AskProps {
  label: string;
  /** Names what goes. */
  question: string;
  yes: string;
  no: string;
  onYes: () => void;
  isBusy?: boolean;
}

/** A button that asks before it acts: for what cannot be taken back. */
export function Ask({ label, question, yes, no, onYes, isBusy }: AskProps) {
  const [isAsking, setAsking] = useState(false);
  // After a "no" the focus comes back to where it was.
  const [wasAsked, setAsked] = useState(false);
  if (!isAsking) {
    return (
      <Button aria-label={label === yes ? question : label} autoFocus={wasAsked} onClick={() => setAsking(true)}>
        {yes}
      </Button>
    );
  }
  return (
    <span className="ask" role="group" aria-label={question}>
      <span>{question}</span>
      <Button className="danger" autoFocus loading={isBusy} onClick={onYes}>
        {yes}
      </Button>
      <Button
        onClick={() => {
          setAsked(true);
          setAsking(false);
        }}
      >
        {no}
      </Button>
    </span>
  );
}

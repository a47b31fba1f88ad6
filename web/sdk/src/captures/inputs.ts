// Fields and forms: how often a field was returned to or refilled, how long a text is, whether a form was refused.
// Never what was typed, never when a key was pressed.

import type { CaptureContext } from "../context";
import { FIELD, selectorOf } from "../element";
import { all, later, listen, now, type Stop } from "../guard";

const WRONG = ":invalid:not(fieldset,form),[aria-invalid=true]";
const SECRET = "[type=password],[autocomplete^=cc-]"; // not even their length

interface Field {
  isChanged?: boolean;
  wasEmptied?: boolean;
  returns: number;
  refills: number;
  began: number;
}

/** A field as the browser's classes have it in common; `isContentEditable` elements have only the text. */
type FieldElement = Element & { value?: string; form?: HTMLFormElement };

const nameOf = (element?: Element | null): string | undefined =>
  element ? element.getAttribute("name") || selectorOf(element) : undefined;

/** Read only to count; it never leaves this page. */
const lengthOf = (element: FieldElement): number => (element.value ?? element.textContent ?? "").length;

export function inputs({ emit, isQuiet, on, tell }: CaptureContext): Stop {
  const fields = new WeakMap<Element, Field>();
  let refused: HTMLFormElement | null = null;

  /** Calls the handler with the field that the event is about, through shadow roots; with nothing else. */
  const onField = (types: string, handler: (element: FieldElement, field: Field) => void): Stop =>
    listen(types, (event) => {
      const element = event.composedPath()[0] as FieldElement;
      if (!element.matches(FIELD)) return;
      const field = fields.get(element) ?? { returns: -1, refills: 0, began: 0 };
      fields.set(element, field);
      handler(element, field);
    });

  function finish(element: FieldElement, field = fields.get(element)): void {
    if (!field?.isChanged) return;
    field.isChanged = false;
    const { returns, refills, began } = field;
    const metadata = {
      form: nameOf(element.form),
      field: nameOf(element),
      returns: Math.max(0, returns),
      refills,
      length: element.matches(SECRET) ? undefined : lengthOf(element),
      invalid: +element.matches(WRONG),
      duration_ms: Math.round((now() - began) / 100) * 100,
    };
    emit("input", metadata, { element_id: selectorOf(element) });
  }

  function submit(form: HTMLFormElement, success?: false): void {
    const invalid = form.querySelectorAll(WRONG).length;
    emit("submit", { form: nameOf(form), invalid, success }, { element_id: selectorOf(form) });
  }

  on("leave", () => document.activeElement && finish(document.activeElement));
  return all(
    onField("focusin", (element, field) => {
      field.began = now();
      // The first visit is none, and coming back to an empty field is no correction.
      if (field.returns < 0 || lengthOf(element)) field.returns++;
    }),
    onField("input change", (element, field) => {
      tell("answer", "input", now());
      field.isChanged = true;
      if (!lengthOf(element)) field.wasEmptied = true;
      else if (field.wasEmptied) {
        field.wasEmptied = false;
        field.refills++;
      }
    }),
    onField("focusout", finish),
    listen("submit", ({ target }) => submit(target as HTMLFormElement)),
    // The browser's own validation stops a submit without a "submit" event, and marks all wrong fields at once.
    listen("invalid", ({ target }) => {
      const { form } = target as HTMLInputElement;
      if (!form || refused || isQuiet()) return;
      refused = form;
      later(() => {
        refused = null;
        submit(form, false);
      }, 0);
    }),
  );
}

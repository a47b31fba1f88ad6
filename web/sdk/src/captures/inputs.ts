// Fields: how often one was returned to or refilled, how long its text is, whether it is wrong. Never what was typed,
// never when a key was pressed.

import { emit } from "../core";
import { FIELD, selectorOf } from "../element";
import { listen, now, on } from "../guard";

export const WRONG = ":invalid:not(fieldset,form),[aria-invalid=true]";
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

export const nameOf = (element?: Element | null): string | undefined =>
  element ? element.getAttribute("name") || selectorOf(element) : undefined;

/** Read only to count; it never leaves this page. */
const lengthOf = (element: FieldElement): number => (element.value ?? element.textContent ?? "").length;

export function inputs(): void {
  const fields = new WeakMap<Element, Field>();

  function finish(element: FieldElement): void {
    const field = fields.get(element);
    if (!field?.isChanged) return;
    field.isChanged = false;
    const metadata = {
      form: nameOf(element.form),
      field: nameOf(element),
      returns: Math.max(0, field.returns),
      refills: field.refills,
      length: element.matches(SECRET) ? undefined : lengthOf(element),
      invalid: +element.matches(WRONG),
      duration_ms: Math.round(now() - field.began),
    };
    emit("input", metadata, { element_id: selectorOf(element) });
  }

  on("leave", () => finish(document.activeElement!));
  listen("focusin focusout input change", ({ type }, _, element: FieldElement) => {
    if (!element.matches(FIELD)) return;
    const field = fields.get(element) ?? { returns: -1, refills: 0, began: 0 };
    fields.set(element, field);
    if (type === "focusout") finish(element);
    else if (type === "focusin") {
      field.began = now();
      // The first visit is none, and coming back to an empty field is no correction.
      if (field.returns < 0 || lengthOf(element)) field.returns++;
    } else {
      field.isChanged = true;
      if (field.wasEmptied && lengthOf(element)) field.refills++;
      field.wasEmptied = !lengthOf(element);
    }
  });
}

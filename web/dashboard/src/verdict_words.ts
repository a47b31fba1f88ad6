// The texts of a verdict on a signal: loaded with what shows them.

/** `element`, `screen`: empty where they are not known. */
export const judgedPlace = (element: string, screen: string) => `${element || "no named element"}${screen ? ` on ${screen}` : ""}`;

export const verdictWords = {
  label: "Was this frustration?", yes: "Frustration", no: "Not frustration", marked: (place: string) => `Marked. It counts for ${place} from now on.`, taken: "Taken back.", undo: "Undo",
};

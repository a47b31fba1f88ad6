// Texts of the notes on a session.
export const noteWords = {
  title: "Notes", sub: "seen by everybody who may read this project", none: "No note yet.", label: (at: string) => `Note at ${at}`, save: "Save note", by: (who: string, when: string) => `${who}, ${when}`, go: (at: string) => `Go to ${at}`,
  remove: (at: string) => `Delete the note at ${at}`, sure: "Delete this note?", yes: "Delete", no: "Keep", hint: "Write nothing here that the visitor would not want kept.", saved: "Saved",
};

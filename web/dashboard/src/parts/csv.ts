// Lists as files: RFC 4180, and no text that a spreadsheet would take for a formula (as in mien/api/session_export.py).

/** A quote in front of what begins like a formula. */
export function guarded(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = value === null || value === undefined ? "" : String(value);
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** The first row is the head; lines end in CRLF. */
export function toCsv(rows: readonly (readonly unknown[])[]): string {
  const field = (value: unknown) => {
    const text = guarded(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** Has the browser save it, under this name. */
export function saveFile(name: string, content: Blob | string): void {
  const blob = typeof content === "string" ? new Blob(["\ufeff", content], { type: "text/csv;charset=utf-8" }) : content;
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

import { dateTime, plural } from "../format";
import type { SessionRow } from "../types";
import { words } from "../words";

/** The grey line under a session's title: "Sat 21 Nov, 14:02, Phone, Chrome, de-DE, 5 screens". */
export function sessionLine(row: SessionRow): string {
  const device = row.device_type ? (words.device[row.device_type] ?? row.device_type) : null;
  return [dateTime(row.started_at), device, row.browser, row.locale, plural(row.screen_count, "screen")].filter(Boolean).join(", ");
}

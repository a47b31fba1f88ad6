// The filters by signals at a place, lost points on a screen, moments and former scores, in words.
import type { Search } from "../search";
import { bySelector, type NameOf } from "../segment/element_names";
import { signWords } from "../sign_words";
import type { WordChip } from "./call_chips";

export function signChips({ signal_type, signal_element, signal_screen, lost_on, moment, former }: Search, nameOf: NameOf = bySelector): WordChip[] {
  const chips: WordChip[] = [];
  if (signal_type !== undefined || signal_element !== undefined || signal_screen !== undefined) {
    const drop = { signal_type: undefined, signal_element: undefined, signal_screen: undefined };
    chips.push({ key: "sign", name: signWords.signal(signal_type, signal_element && nameOf(signal_element, signal_screen), signal_screen), drop });
  }
  if (lost_on !== undefined) chips.push({ key: "lost_on", name: signWords.lostOn(lost_on), drop: { lost_on: undefined } });
  if (moment !== undefined) chips.push({ key: "moment", name: signWords.moment(moment), drop: { moment: undefined } });
  if (former !== undefined) chips.push({ key: "former", name: signWords.former, drop: { former: undefined } });
  return chips;
}

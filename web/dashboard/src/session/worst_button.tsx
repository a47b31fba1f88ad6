// The way to the second at which the visit lost most; key W.
import { IconTargetArrow } from "@tabler/icons-react";
import { Button } from "../controls/button";
import { Tooltip } from "../controls/tooltip";
import { clock } from "../format";
import { WithKey } from "../frame/keys";
import { usePageKeys } from "../frame/page_keys";
import { sessionWords } from "../session_words";
import type { SessionPage } from "../types";
import type { Player } from "./player";
import { show } from "./show";
import { LEAD_MS, worstMs } from "./worst";

export function WorstButton({ page, player }: { page: SessionPage; player: Player }) {
  const worst = worstMs(page);
  const go = () => {
    if (worst !== undefined) show(player, Math.max(0, worst - LEAD_MS));
  };
  usePageKeys([["W", go]]);
  if (worst === undefined) return null;
  return (
    <Tooltip label={<WithKey label={sessionWords.worstWhy} keys="W" />}>
      <Button leftSection={<IconTargetArrow size={16} stroke={1.7} />} onClick={go}>
        {sessionWords.worst(clock(worst))}
      </Button>
    </Tooltip>
  );
}

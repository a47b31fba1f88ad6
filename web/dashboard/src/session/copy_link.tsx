// Copies the address of this second. Where the browser does not allow that (a page without HTTPS), the address is shown
// selected, ready to be copied by hand.
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconLink } from "@tabler/icons-react";
import { useState } from "react";
import { Button } from "../controls/button";
import { Popover } from "../controls/popover";
import { Tooltip } from "../controls/tooltip";
import { clock } from "../format";
import { WithKey } from "../frame/keys";
import { usePageKeys } from "../frame/page_keys";
import { sessionWords } from "../session_words";
import { useClock } from "./clock";
import type { Player } from "./player";

export function CopyLink({ player }: { player: Player }) {
  const at = useClock(player.clock, 1000);
  const clipboard = useClipboard({ timeout: 1500 });
  const [address, setAddress] = useState("");
  const copy = () => {
    const url = new URL(window.location.href);
    url.searchParams.set("t", String(Math.floor(player.clock.ms / 1000)));
    setAddress(url.href);
    clipboard.copy(url.href);
  };
  usePageKeys([["C", copy]]);
  const { copied } = clipboard;
  const label = sessionWords.copy(clock(at));
  return (
    <Popover opened={clipboard.error !== null} onDismiss={clipboard.reset} position="bottom-end" width={360}>
      <Tooltip label={<WithKey label={label} keys="C" />}>
        <Popover.Target>
          <Button leftSection={copied ? <IconCheck size={15} /> : <IconLink size={15} stroke={1.7} />} onClick={copy}>
            {/* As wide with either of its texts: what stands beside it must not move. */}
            <span className="either">
              <span aria-hidden={copied}>{label}</span>
              <span aria-hidden={!copied}>{sessionWords.copied}</span>
            </span>
          </Button>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown>
        <label className="copy-by-hand">
          {sessionWords.copyByHand}
          <input readOnly value={address} data-autofocus onFocus={(event) => event.currentTarget.select()} />
        </label>
      </Popover.Dropdown>
    </Popover>
  );
}

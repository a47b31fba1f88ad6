// A button that plays the sessions of a list one after another.
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { Button } from "../controls/button";
import { usePlayAll } from "../play_queue";
import { MOST_QUEUED } from "../queue";
import type { Search } from "../search";
import { words } from "../words";

/** `search`: the list that they are of, on top of the page's own. */
export function PlayAll({ ids, search, isMain = false }: { ids: readonly string[]; search?: Search; isMain?: boolean }) {
  const play = usePlayAll();
  return (
    <Button className="play-all" variant={isMain ? "filled" : "default"} leftSection={<IconPlayerPlayFilled size={14} />} onClick={() => play(ids, search)}>
      {words.playAll(Math.min(ids.length, MOST_QUEUED), ids.length > MOST_QUEUED)}
    </Button>
  );
}

// "Stop", beside what is said of long work: it comes when the work takes long, and ends the request, and with it the work.
import { useEffect, useState } from "react";
import { Button } from "../controls/button";
import { words } from "../words";

interface StopProps {
  /** How long nothing is shown. */
  afterMs: number;
  onStop: () => void;
  /** It was stopped: the same button then begins anew, so that the focus stays. */
  isStopped?: boolean;
  again?: string;
  onAgain?: () => void;
}

export function Stop({ afterMs, onStop, isStopped = false, again, onAgain }: StopProps) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  if (!isLong && !isStopped) return null;
  return (
    <Button isSmall onClick={isStopped ? onAgain : onStop}>
      {isStopped ? again : words.states.stop}
    </Button>
  );
}

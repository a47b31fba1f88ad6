// A button that copies a text.
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { Button } from "../controls/button";
import { settingsWords } from "../settings_words";

export function Copy({ text }: { text: string }) {
  const clipboard = useClipboard();
  return (
    <Button onClick={() => clipboard.copy(text)} leftSection={clipboard.copied ? <IconCheck size={15} /> : <IconCopy size={15} />}>
      {clipboard.copied ? settingsWords.copied : settingsWords.copy}
    </Button>
  );
}

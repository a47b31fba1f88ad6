// A button that copies a text.
import { Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { settingsWords } from "../settings_words";

export function Copy({ text }: { text: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button onClick={copy} leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}>
          {copied ? settingsWords.copied : settingsWords.copy}
        </Button>
      )}
    </CopyButton>
  );
}

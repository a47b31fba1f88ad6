// The button that saves the rows of a list as CSV.
import { IconDownload } from "@tabler/icons-react";
import { Button } from "../controls/button";
import { saveFile, toCsv } from "./csv";

interface CsvProps {
  /** Of the file, without its ending. */
  name: string;
  title: string;
  header: readonly string[];
  rows: () => readonly (readonly (string | number | null)[])[];
}

export function CsvButton({ name, title, header, rows }: CsvProps) {
  return (
    <Button leftSection={<IconDownload size={15} stroke={1.7} />} title={title} onClick={() => saveFile(`${name}.csv`, toCsv([header, ...rows()]))}>
      CSV
    </Button>
  );
}

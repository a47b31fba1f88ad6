// The name of a screen, an API or a file: it stands in full, and wraps after its slashes and dots before anywhere else.
import { Fragment } from "react";

const AFTER = /(?<=[\p{L}\p{N}\])}]\/)|(?<=\p{L}[._:])(?=\p{L})/u;

export function Breakable({ name }: { name: string }) {
  return name.split(AFTER).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

import { Fragment, type ReactNode } from "react";
import classes from "./Markdown.module.css";

/** Markdown for our own help and readme texts; builds elements, never HTML from strings. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      {blocks(text).map((block, index) => (
        <Fragment key={index}>{block}</Fragment>
      ))}
    </div>
  );
}

function blocks(text: string): ReactNode[] {
  const out: ReactNode[] = [];
  const lines = text.replaceAll("\r", "").split("\n");
  for (let i = 0; i < lines.length;) {
    const line = lines[i]!;
    if (line.trim() === "") i++;
    else if (line.startsWith("```")) {
      const end = lines.findIndex((other, at) => at > i && other.startsWith("```"));
      const stop = end < 0 ? lines.length : end;
      out.push(<pre>{lines.slice(i + 1, stop).join("\n")}</pre>);
      i = stop + 1;
    } else if (/^#{1,4} /.test(line)) {
      out.push(<h4>{inline(line.replace(/^#+ /, ""))}</h4>);
      i++;
    } else {
      const list = /^\s*([-*]|\d+\.) /;
      const table = line.startsWith("|");
      const same = (other: string) =>
        other.trim() !== "" && !/^(#{1,4} |```)/.test(other) && list.test(other) === list.test(line) && other.startsWith("|") === table;
      let end = i + 1;
      while (end < lines.length && (same(lines[end]!) || (list.test(line) && /^\s+\S/.test(lines[end]!)))) end++;
      out.push(group(lines.slice(i, end), list, table));
      i = end;
    }
  }
  return out;
}

function group(lines: string[], list: RegExp, table: boolean): ReactNode {
  if (table) {
    const rows = lines
      .filter((line) => !/^[|\s:-]+$/.test(line))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    return (
      <table>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>{row.map((cell, index) => (at === 0 ? <th key={index}>{inline(cell)}</th> : <td key={index}>{inline(cell)}</td>))}</tr>
          ))}
        </tbody>
      </table>
    );
  }
  if (!list.test(lines[0]!)) return <p>{inline(lines.join(" "))}</p>;
  const items: string[] = [];
  for (const line of lines) {
    if (list.test(line)) items.push(line.replace(list, ""));
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return (
    <ul>
      {items.map((item, index) => (
        <li key={index}>{inline(item)}</li>
      ))}
    </ul>
  );
}

function inline(text: string): ReactNode[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))/).map((piece, index) => {
    if (/^`.+`$/.test(piece)) return <code key={index}>{piece.slice(1, -1)}</code>;
    if (/^\*\*.+\*\*$/.test(piece)) return <strong key={index}>{piece.slice(2, -2)}</strong>;
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(piece);
    if (link)
      return /^https?:/.test(link[2]!) ? (
        <a key={index} href={link[2]} target="_blank" rel="noreferrer">
          {link[1]}
        </a>
      ) : (
        link[1]
      );
    return piece;
  });
}

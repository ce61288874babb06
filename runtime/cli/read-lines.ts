/** A line of an input, or the fact that it was too long to keep. */
export type InputLine = { number: number; text: string } | { number: number; tooLong: true };

/** Cuts a stream into lines and keeps no more than `longest` bytes of any; an overlong line is reported and skipped. */
export async function* readLines(input: AsyncIterable<Buffer | string>, longest: number): AsyncGenerator<InputLine> {
  let kept: Buffer[] = [];
  let size = 0;
  let number = 0;
  const take = (): InputLine => {
    number++;
    const line: InputLine = size > longest ? { number, tooLong: true } : { number, text: Buffer.concat(kept).toString("utf8").replace(/\r$/, "") };
    kept = [];
    size = 0;
    return line;
  };
  const keep = (piece: Buffer): void => {
    size += piece.length;
    if (size <= longest) kept.push(piece);
    else kept = [];
  };
  for await (const chunk of input) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      keep(bytes.subarray(from, end));
      from = end + 1;
      yield take();
    }
    keep(bytes.subarray(from));
  }
  if (size > 0) yield take();
}

/** The same pieces; `look` sees each before it is passed on. */
export async function* seen(
  pieces: Iterable<Buffer> | AsyncIterable<Buffer>,
  look: (piece: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    look(piece);
    yield piece;
  }
}

/** Rows as a database gives them: one after the other, and it is told when nobody wants more. */
export async function* givenRows<T>(
  rows: Iterable<T>,
  onClosed: () => void = () => undefined,
): AsyncGenerator<T> {
  try {
    for (const row of rows) yield await Promise.resolve(row);
  } finally {
    onClosed();
  }
}

export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Every entry of a list that is read in pages by range, in its order; a page at a time in memory. */
export async function* everyPage<T extends { readonly id: string }>(
  size: number,
  read: (page: { readonly after?: string; readonly limit: number }) => Promise<readonly T[]>,
): AsyncIterable<readonly T[]> {
  for (let after: { readonly after?: string } = {}; ;) {
    const page = await read({ ...after, limit: size });
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < size) return;
    after = { after: last.id };
  }
}

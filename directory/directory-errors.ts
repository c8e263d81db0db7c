/** The directory's database did not answer, or its answer was an error. The operation may or may not have happened: ask again. */
export class DirectoryUnavailable extends Error {
  override readonly name = 'DirectoryUnavailable';
}

/** What the catalogue knows of an index. `multikey` tells, per field, that some document held an array there. */
export interface IndexField {
  readonly path: string;
  readonly descending: boolean;
}

export interface IndexSpec {
  readonly id: number;
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly multikey: readonly boolean[];
}

/** The documents themselves lie in `_id` order under index number 0, so the primary key is planned like any index. */
export const PRIMARY: IndexSpec = {
  id: 0,
  name: '_id_',
  fields: [{ path: '_id', descending: false }],
  unique: true,
  multikey: [false],
};

export function keyPattern(index: IndexSpec): Record<string, number> {
  return Object.fromEntries(index.fields.map((field) => [field.path, field.descending ? -1 : 1]));
}

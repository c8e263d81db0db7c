import { AsyncLocalStorage } from 'node:async_hooks';

/** Opaque ids, codes and counts: what tells whose line it is. Never a name, an address or a text somebody typed. */
export type LogFields = Record<string, string | number>;

const storage = new AsyncLocalStorage<LogFields>();

/** Every line that is logged while `work` runs, or by what it set going, has these fields. They may be added to meanwhile. */
export function withLogFields<T>(fields: LogFields, work: () => T): T {
  return storage.run(fields, work);
}

/** For what is known only later, such as whose key was sent. Outside `withLogFields` there is nothing to add to. */
export function addLogFields(fields: Readonly<LogFields>): void {
  Object.assign(storage.getStore() ?? {}, fields);
}

/** A copy: the logger writes into it. */
export function currentLogFields(): LogFields {
  return { ...storage.getStore() };
}

import { once } from 'node:events';
import { finished, type Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { Problem } from '../../http/problem.ts';

type Form = InstanceType<typeof Busboy>;

/** What the form says of the file, known once its first piece came. */
export interface PartFacts {
  name?: string;
}

const PART = 'file';
const LIMITS = { files: 1, fields: 0, parts: 2, headerSize: 16 * 1024 };

/**
 * The pieces of the part `file` of a form (RFC 7578), which is the only one. Throws where there is none, or another one, and when
 * the form breaks off. What is left of the request then stays to be read.
 */
export async function* onlyPart(
  incoming: Readable,
  contentType: string,
  facts: PartFacts,
): AsyncGenerator<Uint8Array, void> {
  const form = formOf(contentType);
  const { found, finish, fault } = watch(form, incoming, facts);
  incoming.pipe(form);
  try {
    const file = await Promise.race([found, fault, finish.then(() => undefined)]);
    if (file === undefined)
      throw new Problem('INVALID_REQUEST', { field: PART, detail: `The form has no file called ${PART}.` });
    yield* file as AsyncIterable<Uint8Array>;
    await Promise.race([finish, fault]);
  } finally {
    incoming.unpipe(form);
  }
}

/** `found` stays open where there is no file. */
function watch(form: Form, incoming: Readable, facts: PartFacts) {
  let open: Readable | undefined;
  const fault = new Promise<never>((_resolve, reject) => {
    const fail = (error: Problem): void => {
      open?.destroy(error);
      reject(error);
    };
    form.on('error', () => fail(brokenOff()));
    form.on('file', (field) => {
      if (field !== PART) fail(anotherPart());
    });
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
      form.on(limit, () => fail(anotherPart()));
    finished(incoming, { writable: false }, (error) => {
      if (error) fail(brokenOff());
    });
  });
  // It may come after the last one who waits for it.
  fault.catch(() => undefined);
  const found = new Promise<Readable>((resolve) => {
    form.on('file', (field, file, name) => {
      // Told by the form as well.
      file.on('error', () => undefined);
      if (field !== PART) return;
      if (name !== '') facts.name = name;
      open = file;
      resolve(file);
    });
  });
  const finish = once(form, 'finish');
  finish.catch(() => undefined);
  return { found, finish, fault };
}

function formOf(contentType: string): Form {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
  } catch {
    throw new Problem('INVALID_REQUEST', {
      field: 'Content-Type',
      detail: 'The form does not name its boundary.',
    });
  }
}

function anotherPart(): Problem {
  return new Problem('UNKNOWN_FIELD', { detail: `Send the file as the only part, called ${PART}.` });
}

export function brokenOff(): Problem {
  return new Problem('INVALID_REQUEST', { detail: 'The upload broke off.' });
}

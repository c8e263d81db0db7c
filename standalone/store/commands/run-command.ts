import { StoreError } from '../store-error.ts';
import { aggregate } from './aggregate.ts';
import { create, drop, dropDatabase, listCollections } from './collections.ts';
import type { Command, CommandContext, CommandReply, CommandRequest } from './command.ts';
import { deleteDocuments } from './delete.ts';
import { find, getMore, killCursors } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import { buildInfo, endSessions, hello, ping } from './handshake.ts';
import { createIndexes, listIndexes } from './indexes.ts';
import { insert } from './insert.ts';
import { holdWrites, releaseWrites, takeSnapshot } from './snapshot.ts';
import { update } from './update.ts';

/** Every command there is. A name that is not here is refused, never taken for something similar. */
const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['ping', ping],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['endSessions', endSessions],
  ['insert', insert],
  ['find', find],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['update', update],
  ['delete', deleteDocuments],
  ['findAndModify', findAndModify],
  ['findandmodify', findAndModify],
  ['aggregate', aggregate],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['create', create],
  ['listCollections', listCollections],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['gangwayHoldWrites', holdWrites],
  ['gangwaySnapshot', takeSnapshot],
  ['gangwayReleaseWrites', releaseWrites],
]);

const SEQUENCE_FIELDS: Readonly<Record<string, string>> = {
  insert: 'documents',
  update: 'updates',
  delete: 'deletes',
};

/** The name of a command as it may be counted: whatever a client makes up is one. */
export function countedName(name: string): string {
  return COMMANDS.has(name) || name === 'saslStart' ? name : 'unknown';
}

export async function runCommand(context: CommandContext, request: CommandRequest): Promise<CommandReply> {
  const command = COMMANDS.get(request.name);
  if (command === undefined) throw new StoreError('CommandNotFound', `no such command: '${request.name}'`);
  for (const field of request.sequences.keys()) {
    if (SEQUENCE_FIELDS[request.name] !== field || field in request.body) {
      throw new StoreError('UnknownField', `BSON field '${request.name}.${field}' is an unknown field.`);
    }
  }
  return await command(context, request);
}

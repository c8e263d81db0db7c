import { checkOptions, isText } from './options.ts';
import type { Command } from './command.ts';

/*
 * Commands of our own, with which a backup is made while the store serves (docs/decisions/0020-command-line-and-backup.md).
 * They need the secret of the installation as every command does, and name no path: the copy is put where the data is.
 */

/** `{gangwayHoldWrites: 1}`: gives the name of the hold. Writes wait from now on; reads do not. */
export const holdWrites: Command = async (context, request) => {
  checkOptions('gangwayHoldWrites', request.body, {});
  return { hold: await context.snapshots.hold(), ok: 1 };
};

/** `{gangwaySnapshot: <hold>}`: answers once the copy is complete, though writes go on as soon as it has begun. */
export const takeSnapshot: Command = async (context, request) => {
  const hold = request.body['gangwaySnapshot'];
  checkOptions('gangwaySnapshot', request.body, {});
  isText(hold, 'gangwaySnapshot');
  return { folder: await context.snapshots.take(String(hold)), ok: 1 };
};

/** `{gangwayReleaseWrites: <hold>}`: without a copy. */
export const releaseWrites: Command = (context, request) => {
  const hold = request.body['gangwayReleaseWrites'];
  checkOptions('gangwayReleaseWrites', request.body, {});
  isText(hold, 'gangwayReleaseWrites');
  context.snapshots.release(String(hold));
  return { ok: 1 };
};

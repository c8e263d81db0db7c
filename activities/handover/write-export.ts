import { sha256Of } from '../../shared/platform/archive/archive-manifest.ts';
import type { AccountContext } from '../steps/step-definition.ts';
import { StepFailed } from '../steps/step-failure.ts';

/** Writes a file beside the archive of the case and proves it by reading it back. One for each target. */
export async function writeExport(
  { ports, input }: Pick<AccountContext, 'ports' | 'input'>,
  name: string,
  extension: string,
  bytes: Uint8Array,
): Promise<{ readonly file: string; readonly sha256: string; readonly sizeBytes: number }> {
  const target = input.params['target'];
  const file = `${target === undefined ? name : `${name}-${target}`}.${extension}`;
  const sha256 = sha256Of(bytes);
  await ports.archive.writeExport(input.caseId, file, bytes);
  const onDisk = await ports.archive.readExport(input.caseId, file);
  if (onDisk === undefined || sha256Of(onDisk) !== sha256) throw new StepFailed('READ_BACK_MISMATCH');
  return { file, sha256, sizeBytes: bytes.byteLength };
}

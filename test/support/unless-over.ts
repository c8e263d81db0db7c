import { isGrpcServiceError } from '@temporalio/client';

/** gRPC */
const NOT_FOUND = 5;

/** Moves the clock of a case whose last step may be done meanwhile: then there is none to move any more. */
export async function unlessOver(
  subject: { until(reached: (record: { readonly closedAtMs?: number }) => boolean): Promise<unknown> },
  move: Promise<unknown>,
): Promise<void> {
  try {
    await move;
  } catch (error) {
    if (!isGrpcServiceError(error) || ![NOT_FOUND].includes(error.code)) throw error;
    await subject.until(({ closedAtMs }) => closedAtMs !== undefined);
  }
}

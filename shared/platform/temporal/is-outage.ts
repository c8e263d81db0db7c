import {
  isGrpcServiceError,
  ServiceError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';

/** gRPC: INVALID_ARGUMENT, PERMISSION_DENIED, UNIMPLEMENTED, UNAUTHENTICATED. Waiting does not mend these. */
const FAULTS = new Set([3, 7, 12, 16]);

/** Whether the engine did not answer, rather than answered that something is wrong. */
export function isOutage(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  if (isGrpcServiceError(error)) return !FAULTS.has(error.code);
  return error instanceof ServiceError && isOutage(error.cause);
}

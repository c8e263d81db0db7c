import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { ApiContext } from '../api-context.ts';
import { openRoutesOf, type OpenRoute } from '../http/route.ts';
import { healthOperations } from './health-operations.ts';

async function answers(ping: () => Promise<void>): Promise<boolean> {
  try {
    await ping();
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
}

async function silentParts({ pingStore, engine }: ApiContext): Promise<readonly string[]> {
  const [store, reachable] = await Promise.all([answers(pingStore), engine.isReachable()]);
  return [...(store ? [] : ['database']), ...(reachable ? [] : ['engine'])];
}

/** `/healthz`: this process serves. `/readyz`: 200 when everything behind it does, else 503 with what does not. */
export function healthRoutes(context: ApiContext): readonly OpenRoute[] {
  return openRoutesOf(healthOperations, {
    checkHealth: [(_request, response) => void response.json({ status: 'ok' })],
    checkReadiness: [
      async (_request, response) => {
        const notReady = context.stopping.aborted ? ['api'] : await silentParts(context);
        response.status(notReady.length === 0 ? 200 : 503).json({
          status: notReady.length === 0 ? 'ready' : 'not_ready',
          notReady,
        });
      },
    ],
  });
}

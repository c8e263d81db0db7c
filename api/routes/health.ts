import type { Express } from 'express';
import { StoreUnavailable } from '../../shared/platform/persistence/store-unavailable.ts';
import type { ApiContext } from '../api-context.ts';

async function answers(ping: () => Promise<void>): Promise<boolean> {
  try {
    await ping();
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
}

/** `/healthz`: this process serves. `/readyz`: 200 when everything behind it does, else 503 with what does not. */
export function serveHealth(app: Express, context: ApiContext): void {
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const [store, engine] = await Promise.all([answers(context.pingStore), context.engine.isReachable()]);
    const notReady = [...(store ? [] : ['database']), ...(engine ? [] : ['engine'])];
    response.status(notReady.length === 0 ? 200 : 503).json({
      status: notReady.length === 0 ? 'ready' : 'not_ready',
      notReady,
    });
  });
}

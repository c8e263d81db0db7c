import { readConfig } from '../shared/platform/config/read-config.ts';
import { checkHealth } from '../shared/platform/health/check-health.ts';

/* Entry: whether the API is ready, for a container's health check. */
const { host, port } = readConfig(process.env).api;
await checkHealth({ host, port, path: '/readyz' });

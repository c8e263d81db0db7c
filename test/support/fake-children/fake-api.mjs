import { runFakeChild } from './fake-child.mjs';

await runFakeChild('api', Number(process.env.GANGWAY_API_PORT));

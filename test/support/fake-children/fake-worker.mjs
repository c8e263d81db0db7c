import { runFakeChild } from './fake-child.mjs';

await runFakeChild('worker');

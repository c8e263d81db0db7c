// In place of a process that fetches: never comes to an end, like a slow network.
import { writeFileSync } from 'node:fs';

const [target] = process.argv.slice(2);
writeFileSync(`${target}.part-slow`, '');
process.send({ from: 'this machine' });
process.on('disconnect', () => process.exit());

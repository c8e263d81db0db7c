// In place of a process that fetches: takes the file that FAKE_PROGRAM names.
import { copyFileSync, renameSync } from 'node:fs';

const [target, version] = process.argv.slice(2);
process.send({ from: 'this machine', megabytes: 7 }, () => {
  copyFileSync(process.env.FAKE_PROGRAM, `${target}.part-${version}`);
  renameSync(`${target}.part-${version}`, target);
  process.disconnect();
});

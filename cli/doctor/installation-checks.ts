import { ApiUnreachable } from '../../shared/platform/api-client/api-client.ts';
import { errorCode } from '../../shared/platform/config/error-code.ts';
import { ownPorts } from '../../standalone/host/own-ports.ts';
import type { OwnPort } from '../../standalone/host/own-ports.ts';
import { requireFreePort } from '../../standalone/host/require-free-port.ts';
import { expectOk } from '../command-failure.ts';
import { ok, problem, warning } from './finding.ts';
import type { Check } from './finding.ts';
import type { Patient } from './patient.ts';

/** What an installation needs for itself, and how the one that runs does. */
export function installationChecks(patient: Patient): readonly Check[] {
  return [
    { name: 'Ports', run: () => checkPorts(patient) },
    { name: 'Installation', run: () => checkInstallation(patient) },
    { name: 'Notifications', run: () => checkNotifications(patient) },
  ];
}

async function checkPorts({ config, runningPid }: Patient) {
  const ports = ownPorts(config);
  const list = ports.map(({ port }) => port).join(', ');
  if (runningPid === undefined) {
    for (const { port, variable, what, host } of ports) await requireFreePort(port, variable, what, host);
    return ok(`${list} are free`);
  }
  for (const one of ports) {
    if (await isTaken(one)) continue;
    return problem(
      `Nobody listens on port ${one.port}, though process ${runningPid} runs on this folder: set ${one.variable} as for its start.`,
    );
  }
  return ok(`${list} are in use; process ${runningPid} runs on this folder`);
}

async function isTaken({ port, variable, what, host }: OwnPort): Promise<boolean> {
  try {
    await requireFreePort(port, variable, what, host);
    return false;
  } catch (error) {
    if (errorCode(error) === 'PORT_IN_USE') return true;
    throw error;
  }
}

async function checkInstallation({ api, runningPid }: Patient) {
  try {
    const { status, body } = await api.get('/readyz');
    if (status === 200 && body['status'] === 'ready') return ok('runs, and everything behind it answers');
    const notReady = body['notReady'];
    return Array.isArray(notReady)
      ? problem(`It runs, but does not reach: ${notReady.join(', ')}. The logs in the data folder say why.`)
      : problem('What answers there is not Gangway: check --url, GANGWAY_PUBLIC_URL and GANGWAY_API_PORT.');
  } catch (error) {
    if (!(error instanceof ApiUnreachable)) throw error;
    return runningPid === undefined
      ? ok('does not run; npm start starts it')
      : problem(
          `${error.message} Process ${runningPid} runs, but its API does not serve: see logs/api.log in the data folder.`,
        );
  }
}

/** A case that needs somebody is of no use when nobody hears of it. */
async function checkNotifications({ api, hasKey }: Patient) {
  if (!hasKey) return warning('Not looked at without a key: set GANGWAY_API_KEY or GANGWAY_API_KEY_FILE.');
  try {
    const { notificationAddresses } = expectOk(await api.get('/v1/organisation'));
    return Array.isArray(notificationAddresses) && notificationAddresses.length > 0
      ? ok(`${notificationAddresses.length} addresses are told when a case needs attention`)
      : warning(
          'Nobody is told when a case needs attention: PATCH /v1/organisation {"notificationAddresses": ["…"]}.',
        );
  } catch (error) {
    if (!(error instanceof ApiUnreachable)) throw error;
    return warning('Not looked at, because Gangway does not answer.');
  }
}

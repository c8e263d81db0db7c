import { existsSync, realpathSync } from 'node:fs';
import { createApiClient } from '../../shared/platform/api-client/api-client.ts';
import { readConfig } from '../../shared/platform/config/read-config.ts';
import { dataFolderAt } from '../../standalone/host/data-folder.ts';
import { lockHolder } from '../../standalone/host/folder-lock.ts';
import type { CommandContext } from '../command-context.ts';
import { carryOut, ok } from '../doctor/finding.ts';
import type { Check, Finding, Level } from '../doctor/finding.ts';
import { folderChecks } from '../doctor/folder-checks.ts';
import { installationChecks } from '../doctor/installation-checks.ts';
import { machineChecks } from '../doctor/machine-checks.ts';
import type { Patient } from '../doctor/patient.ts';
import { serverChecks } from '../doctor/server-checks.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { coloured } from '../terminal.ts';
import type { Colour, Terminal } from '../terminal.ts';

const COLOURS: Readonly<Record<Level, Colour>> = { ok: 'green', warning: 'yellow', problem: 'red' };

/** Looks at everything a start needs, with the functions the start itself uses, and changes nothing. */
export async function doctor(context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const findings: Finding[] = [];
  const examine = async (checks: readonly Check[]): Promise<void> => {
    for (const check of checks) {
      const finding = await carryOut(check);
      findings.push(finding);
      if (!context.json) terminal.out(`${lineOf(finding, terminal)}\n`);
    }
  };
  await examine(machineChecks);
  await examine([{ name: 'Configuration', run: () => checkConfiguration(terminal) }]);
  if (findings.at(-1)?.level === 'ok') {
    const patient = patientOf(context);
    await examine([...folderChecks(patient), ...serverChecks(patient), ...installationChecks(patient)]);
  }
  const problems = findings.filter(({ level }) => level === 'problem').length;
  if (context.json) context.show({ healthy: problems === 0, findings }, '');
  return problems === 0 ? EXIT.fine : EXIT.failed;
}

function checkConfiguration({ env }: Terminal) {
  readConfig(env);
  return ok('every variable can be used');
}

function patientOf({ terminal, key, url }: CommandContext): Patient {
  const config = readConfig(terminal.env);
  const { dataFolder } = config;
  const folder = dataFolderAt(existsSync(dataFolder) ? realpathSync(dataFolder) : dataFolder);
  return {
    config,
    folder,
    path: terminal.env['PATH'],
    runningPid: lockHolder(folder.run),
    api: createApiClient({ url: url(), key: key(), signal: terminal.signal }),
    hasKey: key() !== undefined,
  };
}

function lineOf({ check, level, text }: Finding, terminal: Terminal): string {
  return `${coloured(terminal, COLOURS[level], level.padEnd(8))} ${check.padEnd(14)} ${text}`;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../shared/platform/config/package-root.ts';

export type Values = Readonly<Record<string, string>>;

export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly target: string };
  readonly command?: readonly string[];
  readonly environment?: Values;
  readonly secrets?: readonly string[];
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly volumes?: readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly restart: string;
  readonly stop_grace_period?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, object>>;
  readonly configs: Readonly<Record<string, { readonly file: string }>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

/** What somebody must say before the file can be used. */
export const REQUIRED: Values = {
  GANGWAY_MAIL_FROM: 'Gangway <gangway@example.com>',
  GANGWAY_PUBLIC_URL: 'https://gangway.example.com',
};

/** `docker-compose.yml` with its variables filled in from `env`. Throws for a required one that is not there. */
export function readCompose(env: Values): Compose {
  const text = readFileSync(join(packageRoot, 'docker-compose.yml'), 'utf8');
  return resolveIn(parse(text, { merge: true }), env) as Compose;
}

/** The services that do one thing and end: somebody waits for their end. */
export function jobsOf({ services }: Compose): readonly string[] {
  const waits = Object.values(services).flatMap((service) => Object.entries(service.depends_on ?? {}));
  return [
    ...new Set(
      waits
        .filter(([, { condition }]) => condition === 'service_completed_successfully')
        .map(([name]) => name),
    ),
  ];
}

function resolveIn(value: unknown, env: Values): unknown {
  if (typeof value === 'string') return resolveText(value, env);
  if (Array.isArray(value)) return value.map((item) => resolveIn(item, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolveIn(member, env)]));
}

function resolveText(text: string, env: Values): string {
  return text.replace(
    /\$\$|\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (whole, name?: string, kind?: string, rest = '') => {
      if (name === undefined) return '$';
      const given = env[name] ?? '';
      if (given !== '') return given;
      if (kind === '-') return String(rest);
      throw new Error(`${name} is required: ${kind === '?' ? String(rest) : whole}`);
    },
  );
}

const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(shared|workflows|activities|directory|worker|api|standalone|demo|cli)/', pathNot: allowed },
});

/** Who may import whom. `test/unit/boundaries.test.ts` plants wrong imports and expects each rule to bite. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-imports-nothing',
      severity: 'error',
      from: { path: '^shared/(domain|errors)/' },
      to: { pathNot: '^shared/(domain|errors)/' },
    },
    {
      name: 'contract-stays-light',
      severity: 'error',
      from: { path: '^shared/contract/' },
      to: { path: '^(activities|workflows|directory|worker|api|standalone|demo|cli|shared/platform)/' },
    },
    only(
      'platform-knows-no-feature',
      '^shared/platform/',
      '^shared/',
      'shared/platform serves features, it does not know them',
    ),
    {
      name: 'workflows-import-types-of-activities',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^activities/', pathNot: '^activities/[^/]+/contract\\.ts$' },
    },
    {
      name: 'workflows-import-activities-as-types-only',
      severity: 'error',
      from: { path: '^workflows/' },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    only(
      'workflows-stay-pure',
      '^workflows/',
      '^(workflows|shared/(domain|contract|errors)|activities)/',
      'a workflow is replayed: no I/O, no platform',
    ),
    {
      name: 'workflows-are-loaded-by-path',
      severity: 'error',
      from: { pathNot: '^workflows/' },
      to: { path: '^workflows/' },
    },
    only(
      'activities-know-no-runner',
      '^activities/',
      '^(activities|shared|directory)/',
      'activities are composed by the worker',
    ),
    {
      name: 'connectors-do-not-know-each-other',
      severity: 'error',
      from: { path: '^activities/connectors/([^/]+)/' },
      to: { path: '^activities/connectors/', pathNot: '^activities/connectors/$1/' },
    },
    {
      name: 'only-the-directory-connector-knows-the-directory',
      severity: 'error',
      from: { path: '^activities/', pathNot: '^activities/connectors/directory/' },
      to: { path: '^directory/' },
    },
    only(
      'the-directory-is-a-target-of-its-own',
      '^directory/',
      '^(directory|shared)/',
      'the built-in target knows nothing of the engine',
    ),
    only('the-api-does-not-act', '^api/', '^(api|shared|directory)/', 'effects belong to activities'),
    only(
      'worker-composes',
      '^worker/',
      '^(worker|activities|shared|directory)/|^api/(desk/desk-context|imports/rows/create-row-desk|reviews/desk/create-decision-desk)\\.ts$',
      'the worker loads workflows by path; of the API it has only what carries out rows and decisions',
    ),
    only(
      'standalone-starts-processes',
      '^standalone/',
      '^(standalone|shared)/',
      'the supervisor starts children, it does not import them',
    ),
    only(
      'the-cli-speaks-http',
      '^cli/',
      '^(cli|standalone|shared)/',
      'the command line is a client of the API and of the one-machine edition',
    ),
    {
      name: 'mongoose-stays-in-persistence',
      severity: 'error',
      from: {
        path: '^(activities|workflows|worker|api|standalone|demo|cli|directory|shared)/',
        pathNot: '^(shared/platform/persistence|directory/store)/',
      },
      to: { path: 'node_modules/(mongoose|mongodb)/' },
    },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      from: { path: '^(shared|workflows|activities|directory|worker|api|standalone|cli)/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs'] },
  },
};

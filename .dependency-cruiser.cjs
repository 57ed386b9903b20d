// The import column of the house: what each folder of src may import besides itself.
const may = {
  core: [],
  stats: ['core'],
  sources: ['core'],
  store: ['core'],
  ingest: ['core', 'sources', 'store'],
  tape: ['core'],
  flows: ['core', 'stats', 'store', 'tape'],
  studies: ['core', 'stats', 'flows', 'store'],
  claims: ['core', 'studies'],
  report: ['core', 'claims'],
  simulate: ['core'],
  engines: ['core', 'store'],
  live: ['core', 'tape', 'flows', 'store'],
  app: [
    'core',
    'stats',
    'sources',
    'store',
    'ingest',
    'tape',
    'flows',
    'studies',
    'claims',
    'report',
    'simulate',
    'engines',
    'live',
  ],
  cli: ['app', 'core', 'report'],
  server: ['app', 'core', 'report'],
  mcp: ['app', 'core', 'report'],
};

const arrows = Object.entries(may).map(([folder, allowed]) => ({
  name: `${folder} may import ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
}));

// Another folder is entered by its index alone. `sources/<publisher>`, `studies/<question>` and use cases of app that must start fast are folders of their own.
const doors = {
  name: 'a folder is entered by its index',
  severity: 'error',
  from: { path: '^src/([^/]+)/' },
  to: {
    path: '^src/',
    pathNot: ['^src/$1/', '^src/[^/]+/index[.]ts$', '^src/(sources|studies|app)/[^/]+/index[.]ts$'],
  },
};

module.exports = {
  forbidden: [
    ...arrows,
    doors,
    {
      name: 'no cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core is free of node',
      severity: 'error',
      from: { path: '^src/(core|stats)/', pathNot: '[.]node[.]ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'studies know only records of each other',
      severity: 'error',
      from: { path: '^src/studies/([^/]+)/' },
      to: { path: '^src/studies/', pathNot: ['^src/studies/$1/', '^src/studies/records/'] },
    },
    {
      name: 'publishers do not know each other',
      severity: 'error',
      from: { path: '^src/sources/([^/]+)/' },
      to: { path: '^src/sources/', pathNot: ['^src/sources/$1/', '^src/sources/text/'] },
    },
    { name: 'no unknown module', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
};

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'libs-not-to-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^(apps|projections)/' } },
    {
      name: 'projections-not-to-apps-or-each-other',
      severity: 'error',
      from: { path: '^projections/([^/]+)/' },
      to: { path: '^(apps/|projections/(?!$1/))' },
    },
    { name: 'apps-are-islands', severity: 'error', from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/(?!$1/)' } },
    {
      name: 'libs-through-index',
      severity: 'error',
      from: { path: '^(apps|projections|test)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      mainFields: ['main'],
      extensions: ['.ts', '.js'],
    },
  },
};

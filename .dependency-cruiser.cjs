/** Who may import whom. Each rule has a case in test/architecture/violations that must fail. */
const contexts = 'candidates|hygiene|identity|pools|saved-searches|sign-up|scoring|fit';
/** What of a context asks others: handlers and the services beside them, modules, and indexes that name all of it. */
const notPure =
  '^libs/[^/]+/src/(commands|runs|person-events)/|^libs/[^/]+/src/(index|[^/]+\\.module)\\.ts$|/load-[^/]+\\.ts$';
const specs = '\\.(integration-)?spec\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle has no order in which it can be read, or loaded.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'kernel-imports-nothing',
      comment: 'The kernel is what everything else is made of.',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: specs },
      to: { pathNot: '^libs/kernel/' },
    },
    {
      name: 'contexts-are-islands',
      comment: 'Bounded contexts know of each other only through published events.',
      severity: 'error',
      from: { path: `^libs/(${contexts})/` },
      to: { path: `^libs/(${contexts})/`, pathNot: '^libs/$1/' },
    },
    {
      name: 'deciders-are-pure',
      comment:
        'Deciders, states and events import the kernel, what schemas are made of, the language of criteria, their own context, and libraries that do no I/O.',
      severity: 'error',
      from: {
        path: `^libs/(${contexts})/src/`,
        pathNot: `${specs}|${notPure}`,
      },
      to: {
        path: '^(libs/(?!kernel/|event-fields/|criteria/|$1/)|node_modules/(@nestjs|pg|typeorm|rxjs)/)|^(node:)?(fs|net|http|https|child_process)$',
      },
    },
    {
      name: 'event-fields-are-a-leaf',
      comment:
        'What the schemas of events are made of says nothing of any event, so that whoever declares one may ask.',
      severity: 'error',
      from: { path: '^libs/event-fields/', pathNot: specs },
      to: { path: '^(?!libs/(event-fields|kernel)/|node_modules/typebox/)' },
    },
    {
      name: 'taxonomy-is-a-leaf',
      comment: 'What a title means depends on lists alone, so that any context, projection or app may ask.',
      severity: 'error',
      from: { path: '^libs/taxonomy/', pathNot: specs },
      to: { path: '^libs/(?!taxonomy/)|node_modules/(@nestjs|pg|typeorm|rxjs)/' },
    },
    {
      name: 'settings-are-a-leaf',
      comment: 'Whatever reads its environment may ask.',
      severity: 'error',
      from: { path: '^libs/settings/', pathNot: specs },
      to: { pathNot: '^libs/settings/' },
    },
    {
      name: 'contexts-write-through-the-runner',
      comment: 'A command never reads a read model to decide.',
      severity: 'error',
      from: { path: `^libs/(${contexts})/` },
      to: { path: '^(libs/(read-store|projecting)|projections)/' },
    },
    {
      name: 'projections-are-islands',
      comment: 'A read model is made of events alone: not of another read model, and it causes nothing.',
      severity: 'error',
      from: { path: '^projections/([^/]+)/' },
      to: {
        path: '^(apps/|projections/(?!$1/)|libs/[^/]+/src/commands/|libs/(access|http|embedded|privacy)/|node_modules/@nestjs/cqrs/)',
      },
    },
    {
      name: 'libs-know-no-apps',
      comment: 'Libraries are used by apps and projections, not the other way round.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|projections)/' },
    },
    {
      name: 'apps-are-islands',
      comment: 'Apps are processes: they meet over HTTP and the log.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/(?!$1/)' },
    },
    {
      name: 'libs-through-their-index',
      comment: 'What a library promises is in its index.',
      severity: 'error',
      from: { path: '^(apps|projections|test)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)' },
    },
    {
      name: 'libs-through-their-index-from-libs',
      comment: 'What a library promises is in its index.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/(?!$1/)[^/]+/src/(?!index\\.ts$)' },
    },
    {
      name: 'event-store-client-in-one-place',
      comment: 'One client a process, and one place that knows its traps.',
      severity: 'error',
      from: { path: '^(apps|libs|projections)/', pathNot: '^libs/(event-store|embedded)/' },
      to: { path: 'node_modules/@eventstore/' },
    },
    {
      name: 'typeorm-in-read-models',
      comment: 'The write side has no ORM.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/read-store/' },
      to: { path: 'node_modules/(typeorm|@nestjs/typeorm)/' },
    },
    {
      name: 'testing-in-specs-only',
      comment: 'Fixtures have no place in what runs.',
      severity: 'error',
      from: { path: '^(apps|libs|projections)/', pathNot: `${specs}|^libs/testing/` },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/architecture/violations/' },
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

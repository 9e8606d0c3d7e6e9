import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));

const base = {
  rootDir: '.',
  testEnvironment: 'node',
  // Specs run from source, also where they import a library by its name.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its ES modules import JSON without an attribute, of which Jest warns for every suite.
    '^libphonenumber-js/min$': '<rootDir>/node_modules/libphonenumber-js/min/index.cjs',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/test/architecture/violations', '<rootDir>/.rapport'],
};

/** Suites that wait for servers and processes, on machines that may be busy. */
const patient = { ...base, setupFilesAfterEnv: ['<rootDir>/test/support/patient.mjs'] };

/** Suites that talk to servers: started once for all of them. */
const withServers = {
  ...patient,
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

export default {
  // The servers need a core too.
  maxWorkers: 2,
  // Node keeps what suites of ES modules leave: a worker would grow to 3 GB.
  workerIdleMemoryLimit: '1GB',
  reporters: ['default', '<rootDir>/test/support/summary-reporter.mjs'],
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,projections,test/unit,test/architecture}/**/*.spec.ts'],
    },
    {
      ...withServers,
      displayName: 'contract',
      testMatch: ['<rootDir>/test/contract/**/*.contract-spec.ts'],
    },
    {
      ...withServers,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs,projections,test/integration}/**/*.integration-spec.ts'],
    },
    {
      // Each starts the processes that it needs by itself, as an operator would.
      ...patient,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'],
    },
  ],
};

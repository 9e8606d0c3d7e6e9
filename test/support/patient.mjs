import { jest } from '@jest/globals';

// A project's `testTimeout` has no effect in Jest 30.
jest.setTimeout(60_000);

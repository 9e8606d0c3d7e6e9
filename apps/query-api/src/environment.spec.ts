import { describe, expect, it } from '@jest/globals';
import { readQueryApiEnvironment } from './environment.js';

const servers = {
  DATABASE_URL: 'postgresql://localhost/rapport',
  EVENTSTORE_URL: 'esdb://localhost:2113?tls=false',
  RAPPORT_SECRETS_DIR: '/tmp/secrets',
  PORT: '3001',
};

describe('how long records of searches are kept', () => {
  it('is two years unless said otherwise', () => {
    expect(readQueryApiEnvironment(servers).searchRecordDays).toBe(730);
    expect(readQueryApiEnvironment({ ...servers, RAPPORT_SEARCH_RECORD_DAYS: '180' }).searchRecordDays).toBe(180);
  });

  it.each(['179', '0', '-1', '365.5', 'a year'])('cannot be %s', (days) => {
    expect(() => readQueryApiEnvironment({ ...servers, RAPPORT_SEARCH_RECORD_DAYS: days })).toThrow(
      'RAPPORT_SEARCH_RECORD_DAYS must be a whole number of days from 180',
    );
  });
});

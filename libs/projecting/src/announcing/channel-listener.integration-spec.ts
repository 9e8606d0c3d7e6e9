import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { scratchDatabase, type ScratchDatabase } from '../../../../test/support/scratch-database.js';
import { until } from '../../../../test/support/until.js';
import { ChannelListener } from './channel-listener.js';
import { PROGRESS_CHANNEL } from './channels.js';

describe('A listener', () => {
  let scratch: ScratchDatabase;
  let listener: ChannelListener;
  let known: string | undefined;
  beforeEach(async () => {
    scratch = await scratchDatabase();
    listener = new ChannelListener(scratch.url, PROGRESS_CHANNEL, {
      onAnnounced: (payload) => (known = payload),
      onLost: () => (known = undefined),
    });
    listener.start();
    await until('a connection', () => listener.connected);
  });
  afterEach(async () => {
    await listener.close();
    await scratch.drop();
  });

  it('lets nothing that was learnt while it had no connection count with the next one', async () => {
    await scratch.database.query('SELECT pg_notify($1, $2)', [PROGRESS_CHANNEL, 'announced']);
    await until('the announcement', () => known === 'announced');
    await scratch.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'rapport-progress'`,
    );
    await until('no connection', () => !listener.connected);
    expect(known).toBeUndefined();
    // Of a server that may crash once more, and go back a little, before it's listened to.
    known = 'asked for';
    await until('the next connection', () => listener.connected);
    expect(known).toBeUndefined();
  });
});

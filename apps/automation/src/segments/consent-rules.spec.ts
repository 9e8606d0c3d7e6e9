import { TakeUpConsentRulesCommand, TakeUpConsentRulesHandler } from '#libs/candidates';
import { EventStoreUnavailableError } from '#libs/event-store';
import { createLogger } from '#libs/observability';
import { StreamsInMemory } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import { ConsentRules } from './consent-rules.js';

describe('The rules by which consents are read', () => {
  const logger = createLogger({ service: 'test', level: 'silent' });

  /** Several processes on one store, which is away at first. */
  const processes = () => {
    const streams = new StreamsInMemory();
    const handler = new TakeUpConsentRulesHandler(streams.asRunner);
    let away = true;
    const execute = (command: TakeUpConsentRulesCommand) => {
      if (away) {
        away = false;
        return Promise.reject(new EventStoreUnavailableError());
      }
      return handler.execute(command);
    };
    const start = () => new ConsentRules({ execute } as unknown as CommandBus, logger);
    return { start, recorded: () => streams.of('consent', 'rules').map(({ type, data }) => [type, data]) };
  };

  it('are taken up once, by whichever process of the newest release is first', async () => {
    const { start, recorded } = processes();
    await start().takeUp(1);
    expect(recorded()).toEqual([]);
    for (const version of [2, 2, 1, 2]) await start().takeUp(version);
    expect(recorded()).toEqual([['consent-rules.changed', { version: 2 }]]);
    await start().takeUp(3);
    expect(recorded().at(-1)).toEqual(['consent-rules.changed', { version: 3 }]);
  });
});

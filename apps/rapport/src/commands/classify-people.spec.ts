import type { Classified } from '#libs/candidates';
import { err, ok, refusal } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { classifyPeople } from './classify-people.js';

const verdict: Classified = {
  eventId: 'click',
  verdict: 'machine',
  classifierVersion: 1,
  reasons: ['gateway-address'],
};

describe('The history of people', () => {
  const recorded: string[] = [];
  const judge = {
    news: () => Promise.resolve([verdict]),
    record: (person: string) => {
      if (person === 'grace') return Promise.resolve(err(refusal('invalid', 'too-large', 'Too large.')));
      recorded.push(person);
      return Promise.resolve(ok({ revision: 0, position: { commit: 0n, prepare: 0n }, appended: 1, duplicate: false }));
    },
  };

  it('is judged of everybody, whoever is refused, and says who was', async () => {
    // More than are judged at the same time.
    const people = ['grace', ...Array.from({ length: 40 }, (_, n) => `person ${n}`), 'grace'];
    const { verdicts, reasons, failed } = await classifyPeople(people, judge, true);
    expect(recorded).toHaveLength(40);
    expect([...verdicts, ...reasons]).toEqual([
      ['machine', 40],
      ['gateway-address', 40],
    ]);
    expect(failed).toEqual(Array.from({ length: 2 }, () => ({ candidateId: 'grace', code: 'too-large' })));
  });

  it('is only counted, unless it is applied', async () => {
    recorded.length = 0;
    const { verdicts, failed } = await classifyPeople(['ada', 'grace'], judge, false);
    expect({ recorded, failed, verdicts: [...verdicts] }).toEqual({
      recorded: [],
      failed: [],
      verdicts: [['machine', 2]],
    });
  });
});

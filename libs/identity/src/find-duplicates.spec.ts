import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cluster, findDuplicates, groupsOf, TWO_PEOPLE, type PersonRecord } from './index.js';

/** A crowd of strangers, so that names have a rarity. */
const crowd: PersonRecord[] = Array.from({ length: 150 }, (_, n) => ({
  id: `stranger-${n}`,
  givenName: ['James', 'Mary', 'Robert', 'Linda', 'Omar'][n % 5],
  familyName: `${'bcdfghklmnprst'[n % 14]}${'aeiou'[(n >> 2) % 5]}${'lmnrst'[n % 6]}${'aeiou'[n % 5]}${'dklnrt'[(n >> 3) % 6]}${n % 9 === 0 ? 'son' : 'er'}`,
  emails: [`mailbox${n}@gmail.com`],
  city: ['Austin', 'Leeds', 'Lyon'][n % 3],
}));

const among = (...people: PersonRecord[]) => {
  const search = findDuplicates([...people, ...crowd]);
  return { search, together: search.clustersAt(1).filter((group) => group.some((one) => one < people.length)) };
};

describe('finding who is there twice', () => {
  it('finds a person under a short name with a misspelt family name and another address, by the phone', () => {
    const { together, search } = among(
      {
        id: 'a',
        givenName: 'Elizabeth',
        familyName: 'Montgomery',
        phones: ['+15125550100'],
        emails: ['liz@gmail.com'],
      },
      { id: 'b', givenName: 'Liz', familyName: 'Montgomrey', phones: ['+15125550100'], emails: ['em77@yahoo.com'] },
    );
    expect(together).toEqual([[0, 1]]);
    const verdicts = search.explain(0, 1).reasons.map(({ field, verdict }) => `${field}: ${verdict}`);
    expect(verdicts).toEqual(
      expect.arrayContaining(['phone: same', 'given name: short form', 'family name: slip', 'email: different']),
    );
  });

  it('finds names that changed places', () => {
    const { together } = among(
      { id: 'a', givenName: 'Nakamura', familyName: 'Haruki', postcode: 'LS1 4AP', employer: 'Acme' },
      { id: 'b', givenName: 'Haruki', familyName: 'Nakamura', postcode: 'ls14ap', employer: 'Acme Ltd' },
    );
    expect(together).toEqual([[0, 1]]);
  });

  it('takes two colleagues of one domain with like addresses for two', () => {
    const { together } = among(
      {
        id: 'a',
        givenName: 'John',
        familyName: 'Pison',
        emails: ['john.pison@acme.com'],
        employer: 'Acme',
        city: 'Austin',
      },
      {
        id: 'b',
        givenName: 'John',
        familyName: 'Jeiton',
        emails: ['john.jeiton@acme.com'],
        employer: 'Acme',
        city: 'Austin',
      },
    );
    expect(together).toEqual([]);
  });

  it('takes a common name for less than a rare one', () => {
    const { search } = among(
      { id: 'a', givenName: 'James', familyName: 'Quetzalcoatl' },
      { id: 'b', givenName: 'James', familyName: 'Quetzalcoatl' },
    );
    const [, given, family] = search.explain(0, 1).reasons;
    expect(family?.bits).toBeGreaterThan((given?.bits ?? 0) + 2);
  });

  it('takes an address that a whole office reads for no proof', () => {
    const office = Array.from({ length: 12 }, (_, n) => ({
      ...crowd[n],
      id: `office-${n}`,
      emails: ['jobs@agency.example'],
    }));
    const search = findDuplicates(office);
    expect(search.clustersAt(1)).toEqual([]);
  });

  it('says reasons that add up to the score, to the last digit', () => {
    const search = findDuplicates(crowd);
    for (let n = 1; n < crowd.length; n += 1) {
      const { bits, reasons } = search.explain(0, n);
      expect(Math.round(bits * 100)).toBe(reasons.reduce((sum, reason) => sum + Math.round(reason.bits * 100), 0));
    }
  });

  it('answers for nobody, for one and for two', () => {
    expect(findDuplicates([]).clustersAt(1)).toEqual([]);
    expect(findDuplicates([{ id: 'a' }]).clustersAt(1)).toEqual([]);
    const twice = { givenName: 'Ada', familyName: 'Lovelace', emails: ['ada@example.com'] };
    expect(
      findDuplicates([
        { id: 'a', ...twice },
        { id: 'b', ...twice },
      ]).clustersAt(1),
    ).toEqual([[0, 1]]);
  });
});

describe('grouping', () => {
  it('does not chain strangers: a link between two groups counts for nothing if their others are strangers', () => {
    const groups = [
      [0, 1, 2],
      [3, 4, 5],
    ];
    const bitsOf = (a: number, b: number): number => {
      if ((a === 2 && b === 3) || (a === 3 && b === 2)) return 5;
      return groups.some((group) => group.includes(a) && group.includes(b)) ? 10 : -30;
    };
    const links = [];
    for (let a = 0; a < 6; a += 1)
      for (let b = a + 1; b < 6; b += 1) if (bitsOf(a, b) >= 1) links.push({ a, b, bits: bitsOf(a, b) });
    expect(cluster(links, bitsOf, -12, 1)).toEqual(groups);
  });

  it('never joins two who are known to be two people, however likely somebody else is either', () => {
    const pairs = [
      { a: 'ada', b: 'spouse', bits: TWO_PEOPLE },
      { a: 'ada', b: 'ada again', bits: 9 },
      { a: 'ada again', b: 'spouse', bits: 8 },
    ];
    expect(groupsOf(pairs, -12, 1)).toEqual([['ada', 'ada again']]);
  });

  it('puts nobody into two groups, and nobody where they have no link, whatever the scores', () => {
    const pairs = fc.array(fc.tuple(fc.nat(15), fc.nat(15), fc.integer({ min: -20, max: 20 })), { maxLength: 60 });
    fc.assert(
      fc.property(pairs, (drawn) => {
        const bits = new Map<string, number>();
        for (const [a, b, value] of drawn) if (a !== b) bits.set(`${Math.min(a, b)}-${Math.max(a, b)}`, value);
        const bitsOf = (a: number, b: number): number => bits.get(`${Math.min(a, b)}-${Math.max(a, b)}`) ?? -12;
        const links = [...bits]
          .filter(([, value]) => value >= 1)
          .map(([key, value]) => {
            const [a, b] = key.split('-').map(Number) as [number, number];
            return { a, b, bits: value };
          });
        const found = cluster(links, bitsOf, -12, 1);
        const all = found.flat();
        expect(new Set(all).size).toBe(all.length);
        for (const group of found)
          for (const one of group) expect(group.some((other) => other !== one && bitsOf(one, other) >= 1)).toBe(true);
      }),
    );
  });
});

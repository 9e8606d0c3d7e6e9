import { KnownPeople } from '#libs/identity';
import { Digests, SubjectErasedError, type KeyVault } from '#libs/privacy';
import { ContactIndexInMemory, StreamsInMemory } from '#libs/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SignUpAddressee } from './sign-up-addressee.js';

const digests = new Digests({ masterKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 2) });
const EMAIL = 'bob@example.org';
const newcomer = (n: number): string => digests.idFrom('sign-up-candidate', EMAIL, String(n));

describe('Whose a confirmed sign-up is', () => {
  let streams: StreamsInMemory;
  let index: ContactIndexInMemory;
  let addressee: SignUpAddressee;
  let erased: Set<string>;

  beforeEach(() => {
    streams = new StreamsInMemory();
    index = new ContactIndexInMemory();
    erased = new Set();
    const vault = {
      keyToSeal: ({ subjectId }: { subjectId: string }) =>
        erased.has(subjectId) ? Promise.reject(new SubjectErasedError()) : Promise.resolve(),
    } as unknown as KeyVault;
    const people = new KnownPeople(streams.asLog, streams.asRunner);
    addressee = new SignUpAddressee(index.asIndex, vault, streams.asRunner, people, digests);
  });

  const append = (stream: string, type: string, data: object): void => {
    streams.streams.set(stream, [...(streams.streams.get(stream) ?? []), { type, data }]);
  };
  const emails = (values: readonly string[]) => values.map((value) => ({ kind: 'email', value }));
  const add = async (id: string, full: string, ...addresses: string[]): Promise<void> => {
    const lists = { skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
    append(`candidate-${id}`, 'candidate.added', { name: { full }, contactPoints: emails(addresses), ...lists });
    await index.add(id, emails(addresses));
  };
  const haveOnly = async (id: string, ...addresses: string[]): Promise<void> => {
    append(`candidate-${id}`, 'candidate.contact-points-changed', { contactPoints: emails(addresses) });
    await index.add(id, emails(addresses));
  };
  const merge = (survivorId: string, mergedId: string): void =>
    append('identity-merges', 'identity.merged', { mergeId: `${survivorId}+${mergedId}`, survivorId, mergedId });
  const found = (name?: string): Promise<string> => addressee.find(EMAIL, name);

  it('is a newcomer`s, where the one who had the address gave it up, or had it by mistake', async () => {
    await add('ada', 'Ada', EMAIL);
    expect(await found('Bob')).toBe('ada');
    await haveOnly('ada', 'ada@example.org');
    expect(await found('Bob')).toBe(newcomer(0));
    expect(await found('Ada')).toBe(newcomer(0));
  });

  it('is that of the one who has the address now, whoever had it before', async () => {
    await add('ada', 'Ada', EMAIL);
    await haveOnly('ada', 'ada@example.org');
    await add('bob', 'Robert', EMAIL);
    expect(await found('Bob')).toBe('bob');
  });

  it('is a merged person`s, who has the address under any of their ids, under the one that they go by', async () => {
    await add('ada', 'Ada', 'ada@example.org');
    await add('twin', 'Ada', EMAIL);
    merge('ada', 'twin');
    expect(await found()).toBe('ada');
    await add('bob', 'Bob', EMAIL);
    expect(await found()).toBe(newcomer(0));
    expect(await found('bob')).toBe('bob');
    expect(await found('ADA')).toBe('ada');
    await haveOnly('twin');
    expect(await found()).toBe('bob');
  });

  it('is the same newcomer`s as the submission that is just being admitted', async () => {
    await index.add(newcomer(0), emails([EMAIL]));
    expect(await found()).toBe(newcomer(0));
  });

  it('is another newcomer`s, where the first one gave the address up or was erased', async () => {
    await add(newcomer(0), 'Bob', EMAIL);
    await haveOnly(newcomer(0), 'bob@work.example');
    expect(await found('Bob')).toBe(newcomer(1));
    erased.add(newcomer(1));
    expect(await found('Bob')).toBe(newcomer(2));
  });
});

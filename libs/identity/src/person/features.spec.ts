import { describe, expect, it } from '@jest/globals';
import { mayBeSameGivenName } from '../nicknames/nicknames.js';
import { readEmail } from './email.js';
import { readPerson } from './features.js';
import { readName } from './names.js';
import { readProfileUrl } from './profile-url.js';

describe('what is told of a person, as it is compared', () => {
  it.each([
    [{ full: 'Dr. Zoë van der Meer' }, { given: 'zoe', family: 'vandermeer' }],
    [{ full: 'Meer, Zoë' }, { given: 'zoe', family: 'meer' }],
    [{ full: 'John Ronald Reuel Tolkien' }, { given: 'john', family: 'tolkien' }],
    [{ full: 'Sinéad O’Connor, PhD' }, { given: 'sinead', family: 'oconnor' }],
    [{ full: 'Prince' }, { given: 'prince', family: '' }],
    [
      { given: 'Łukasz', family: '' },
      { given: 'lukasz', family: '' },
    ],
    [{ full: '李 小龍' }, { given: '李', family: '小龍' }],
  ])('reads the name of %j', (told, name) => {
    expect(readName(told)).toEqual(name);
  });

  it.each([
    ['Ada.Lovelace+jobs@Googlemail.com', 'adalovelace@gmail.com'],
    ['ada.lovelace+jobs@example.com', 'ada.lovelace@example.com'],
    ['+@example.com', '+@example.com'],
  ])('reads %s as one mailbox', (text, address) => {
    expect(readEmail(text)?.address).toBe(address);
  });

  it('takes no address for one that is none, and knows an office from a person', () => {
    expect(readEmail('[erased]')).toBeUndefined();
    expect(readEmail('a@b@example.com')).toBeUndefined();
    expect(readEmail('jobs@example.com')?.shared).toBe(true);
  });

  it.each([
    ['https://de.linkedin.com/in/Ada-Lovelace/en?trk=x', 'linkedin.com/in/ada-lovelace'],
    ['twitter.com/ada', 'x.com/ada'],
    ['http://www.facebook.com/profile.php?id=7&ref=a', 'facebook.com/profile.php?id=7'],
    ['https://ada.example.org/', 'ada.example.org'],
    ['https://www.linkedin.com/', undefined],
    ['not an address', undefined],
    ['https://example.org/%E0%A4%A', 'example.org/%e0%a4%a'],
  ])('reads the profile %s as %s', (text, profile) => {
    expect(readProfileUrl(text)).toBe(profile);
  });

  it('leaves out legal forms of employers, and numbers that are too short', () => {
    const { employer, phones } = readPerson({
      id: '1',
      employer: 'ACME Holdings, Inc.',
      phones: ['+1 512 555 0100', '4711'],
    });
    expect(employer).toBe('acme');
    expect(phones).toEqual(['+15125550100']);
  });

  it('knows short forms of given names, also by way of the full one, and no others', () => {
    expect(mayBeSameGivenName('bill', 'william')).toBe(true);
    expect(mayBeSameGivenName('liz', 'beth')).toBe(true);
    expect(mayBeSameGivenName('jim', 'bob')).toBe(false);
  });
});

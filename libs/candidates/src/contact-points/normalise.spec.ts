import { describe, expect, it } from '@jest/globals';
import { normaliseContact } from './normalise.js';

describe('Contacts', () => {
  it.each([
    ['email', ' Ada@Example.ORG ', undefined, 'ada@example.org'],
    ['phone', '(512) 555-0177', 'US', '+15125550177'],
    ['phone', '+49 30 901820', undefined, '+4930901820'],
    ['phone', 'ext. 12', undefined, '12'],
    ['profile-url', 'http://www.LinkedIn.com/in/Ada/?trk=x', undefined, 'https://linkedin.com/in/Ada'],
    ['profile-url', 'linkedin.com/in/Ada', undefined, 'https://linkedin.com/in/Ada'],
    [
      'profile-url',
      'https://facebook.com/profile.php?ref=x&id=12',
      undefined,
      'https://facebook.com/profile.php?id=12',
    ],
    ['profile-url', 'https://ada.example.org:8443/#me', undefined, 'https://ada.example.org:8443'],
    ['profile-url', 'ada@example.org', undefined, 'ada@example.org'],
    ['profile-url', 'n/a', undefined, 'n/a'],
    ['external:greenhouse', ' 77 ', undefined, '77'],
  ])('of kind %s: "%s" in %s is "%s"', (kind, value, country, expected) => {
    expect(normaliseContact(kind, value, country)).toBe(expected);
  });
});

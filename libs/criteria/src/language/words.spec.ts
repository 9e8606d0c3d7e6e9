import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalise, titleWords } from './words.js';

describe('Words', () => {
  it.each([
    ['José Núñez', 'jose nunez'],
    ['Łukasz Grüßgott-Sørensen', 'lukasz grussgott sorensen'],
    ["O'Brien, Sr.", 'o brien sr'],
    ['C++ / C# / .NET / Node.js', 'c++ c# .net node.js'],
    ['ＱＡ Ⅱ', 'qa ii'],
    ['Ada  \t Lovelace ', 'ada lovelace'],
    ['!? ...', ''],
  ])('compares %j as %j', (text, compared) => {
    expect(normalise(text)).toBe(compared);
  });

  it('is the same when it is normalised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(normalise(normalise(text))).toBe(normalise(text))),
    );
  });

  it('has the words of a title once each, in the singular', () => {
    expect(titleWords('Senior Software Engineers, Software')).toEqual(['senior', 'software', 'engineer']);
    expect(titleWords('Business Analyst, CRM & SaaS')).toEqual(['business', 'analyst', 'crm', 'saa']);
    expect(titleWords('—')).toEqual([]);
  });
});

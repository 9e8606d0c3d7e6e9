import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Type } from 'typebox';
import { SealedFields } from './sealed-fields.js';

const schema = JSON.parse(
  JSON.stringify(
    Type.Object({
      name: Type.Optional(
        Type.Union([
          Type.Object({ full: Type.String({ privacy: 'identity' }), title: Type.Optional(Type.String()) }),
          Type.Null(),
        ]),
      ),
      contacts: Type.Array(Type.Object({ kind: Type.String(), value: Type.String({ privacy: 'contact' }) })),
      freeTags: Type.Array(Type.String({ privacy: 'narrative' })),
      city: Type.Optional(Type.String()),
    }),
  ),
) as object;
const fields = new SealedFields(schema);

const data = fc.record(
  {
    name: fc.option(fc.record({ full: fc.string({ minLength: 1 }), title: fc.string() })),
    contacts: fc.array(fc.record({ kind: fc.constantFrom('email', 'phone'), value: fc.string({ minLength: 1 }) })),
    freeTags: fc.array(fc.string()),
    city: fc.string(),
  },
  { requiredKeys: ['contacts', 'freeTags'] },
);

describe('Sealed fields', () => {
  it('come back as they were, for any data', () => {
    fc.assert(
      fc.property(data, (original) => {
        const { data: separated, boxes } = fields.separate(original);
        expect(fields.restore(separated, boxes)).toEqual(original);
      }),
    );
  });

  it('leave nothing personal in what is stored in the clear', () => {
    const { data: separated, boxes } = fields.separate({
      name: { full: 'Ada Lovelace', title: 'Countess' },
      contacts: [{ kind: 'email', value: 'ada@example.org' }],
      freeTags: ['knows Charles'],
      city: 'London',
    });
    expect(JSON.stringify(separated)).not.toMatch(/Ada|ada@|Charles/);
    expect(separated).toMatchObject({ name: { title: 'Countess' }, contacts: [{ kind: 'email' }], city: 'London' });
    expect([...boxes.keys()].sort()).toEqual(['contact', 'identity', 'narrative']);
  });

  it('read as erased where the box of their group is gone, and only there', () => {
    const { data: separated, boxes } = fields.separate({
      name: { full: 'Ada Lovelace' },
      contacts: [{ kind: 'email', value: 'ada@example.org' }],
      freeTags: [],
    });
    const left = new Map(boxes);
    left.delete('contact');
    expect(fields.restore(separated, left)).toEqual({
      name: { full: 'Ada Lovelace' },
      contacts: [{ kind: 'email', value: '[erased]' }],
      freeTags: [],
    });
  });
});

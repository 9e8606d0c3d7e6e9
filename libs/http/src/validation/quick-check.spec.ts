import { describe, expect, it } from '@jest/globals';
import { plainToInstance, Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  ValidatePromise,
  validateSync,
} from 'class-validator';
import { Text } from './clean-text.js';
import { Optional, OptionalOrNull } from './optional.js';
import { isSurelyGood } from './quick-check.js';

class Part {
  @Text(5)
  name!: string;
}

class Whole {
  @IsIn(['a', 'b'])
  kind!: string;

  @Optional()
  @IsInt()
  @Min(0)
  count?: number;

  @OptionalOrNull()
  @Text(5)
  note?: string | null;

  @ValidateIf(({ kind }: Whole) => kind === 'b')
  @Text(5)
  why?: string;

  @Optional()
  @IsArray()
  @ArrayMaxSize(2)
  @Text(3, { each: true })
  words?: string[];

  @Optional()
  @ValidateNested()
  @Type(() => Part)
  part?: Part;

  @Optional()
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: Part[];

  @Allow()
  anything?: unknown;
}

class Longer extends Whole {
  @Optional()
  @IsIn(['x'])
  more?: string;

  /** Wider than what it inherits. */
  @IsIn(['a', 'b', 'c'])
  declare kind: string;
}

const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
const judged = (dto: new () => object, value: object): { readonly quickly: boolean; readonly fully: boolean } => {
  const instance = plainToInstance(dto, value);
  return { quickly: isSurelyGood(instance), fully: validateSync(instance, options).length === 0 };
};

const values: readonly object[] = [
  { kind: 'a' },
  { kind: 'c' },
  {},
  { kind: 'a', count: 0 },
  { kind: 'a', count: -1 },
  { kind: 'a', count: null },
  { kind: 'a', note: null },
  { kind: 'a', note: 'too long' },
  { kind: 'b' },
  { kind: 'b', why: 'so' },
  { kind: 'a', why: 7 },
  { kind: 'a', words: ['one', 'two'] },
  { kind: 'a', words: ['one', 'three'] },
  { kind: 'a', words: ['one', 'two', 'six'] },
  { kind: 'a', words: 'one' },
  { kind: 'a', part: { name: 'x' } },
  { kind: 'a', part: { name: '' } },
  { kind: 'a', part: { name: 'x', other: 1 } },
  { kind: 'a', part: null },
  { kind: 'a', part: 'x' },
  { kind: 'a', part: [{ name: 'x' }] },
  { kind: 'a', parts: [{ name: 'x' }, { name: 'y' }] },
  { kind: 'a', parts: [{ name: 'x' }, {}] },
  { kind: 'a', parts: [[{ name: 'x' }], null] },
  { kind: 'a', parts: [{ name: 'x' }, 'y'] },
  { kind: 'a', anything: { at: ['all'] } },
  { kind: 'a', unknown: undefined },
  { kind: 'a', more: 'x' },
  { kind: 'a', more: 'y' },
];

describe('the quick check', () => {
  it.each(values)('finds good what class-validator does: %j', (value) => {
    for (const dto of [Whole, Longer]) {
      const { quickly, fully } = judged(dto, value);
      expect(quickly).toBe(fully);
    }
  });

  it('leaves to class-validator what only that understands', () => {
    class Later {
      @ValidatePromise()
      value!: Promise<string>;
    }
    class Asked {
      @ValidateBy({ name: 'later', validator: { validate: () => Promise.resolve(false) } })
      value = 1;
    }
    class Bare {}
    const classless = Object.create(null) as object;
    expect([new Later(), new Asked(), new Bare(), { plain: true }, classless].map(isSurelyGood)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

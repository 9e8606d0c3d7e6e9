const unwritable = /\0|\p{Surrogate}/u;

/** Whether every store takes a text: PostgreSQL has no NUL character, UTF-8 no half of one. */
export const isWritable = (text: string): boolean => !unwritable.test(text);

/** JSON pointers to the texts in a value that no store takes; of a name that none takes, to what has it. */
export const unwritableTexts = (value: unknown, pointer = ''): readonly string[] => {
  if (typeof value === 'string') return isWritable(value) ? [] : [pointer];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    isWritable(key) ? unwritableTexts(inner, `${pointer}/${key}`) : [pointer],
  );
};

export const UNWRITABLE = 'must hold neither NUL nor broken Unicode';

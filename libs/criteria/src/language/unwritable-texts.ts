import { isWritable } from '#libs/kernel';

/** JSON pointers to the texts in a value that no store takes. */
export const unwritableTexts = (value: unknown, pointer = ''): readonly string[] => {
  if (typeof value === 'string') return isWritable(value) ? [] : [pointer];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => unwritableTexts(inner, `${pointer}/${key}`));
};

export const UNWRITABLE = 'must hold neither NUL nor broken Unicode';

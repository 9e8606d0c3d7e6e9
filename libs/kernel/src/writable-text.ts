const unwritable = /\0|\p{Surrogate}/u;

/** Whether every store takes a text: PostgreSQL has no NUL character, UTF-8 no half of one. */
export const isWritable = (text: string): boolean => !unwritable.test(text);

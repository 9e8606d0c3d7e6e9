import { Transform } from 'class-transformer';

/** A query parameter with values between commas, or given several times, as an array; anything else is left to the checks. */
export const CommaList = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => {
    const parts: unknown[] = Array.isArray(value) ? value : [value];
    return parts.every((part) => typeof part === 'string')
      ? parts.flatMap((part) => part.split(',').map((word) => word.trim()))
      : value;
  });

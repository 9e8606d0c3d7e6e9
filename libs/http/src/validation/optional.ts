import { IsOptional, ValidateIf } from 'class-validator';

/** The field may be absent. Unlike class-validator's IsOptional it may not be null. */
export const Optional = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);

/** The field may be absent, or null, which clears it (RFC 7396). */
export const OptionalOrNull = (): PropertyDecorator => IsOptional();

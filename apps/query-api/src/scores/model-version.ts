import { liveModel, MAX_MODEL_VERSION } from '#libs/scoring';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { Optional } from '#libs/http';

const checks = [Type(() => Number), IsInt(), Min(1), Max(MAX_MODEL_VERSION)];
const schema = { type: 'integer', minimum: 1, maximum: MAX_MODEL_VERSION, example: liveModel.version } as const;

/** A query parameter that names a model. */
export const ModelVersion = (description: string): PropertyDecorator =>
  applyDecorators(ApiProperty({ ...schema, description }), ...checks);

export const OptionalModelVersion = (description: string): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ ...schema, description }), Optional(), ...checks);

/** Versions between commas, or given several times, as numbers; anything else is left to the checks. */
export const Versions = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => {
    const parts: unknown[] = Array.isArray(value) ? value : [value];
    return parts.every((part) => typeof part === 'string')
      ? parts.flatMap((part) => part.split(',').map((word) => (/^\d{1,7}$/.test(word.trim()) ? Number(word) : NaN)))
      : value;
  });

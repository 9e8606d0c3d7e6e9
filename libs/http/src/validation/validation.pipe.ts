import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { invalidRequest } from '../problems/problem.js';
import { validate } from './validate.js';

const builtIns: readonly unknown[] = [String, Boolean, Number, Array, Object];

/** Turns bodies, queries and parameters that are typed as a DTO class into an instance of it, or throws a 400 problem. */
@Injectable()
export class DtoValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || metatype === undefined || builtIns.includes(metatype)) return value;
    // Fastify's query object has no prototype; an absent query is an empty one.
    const input: unknown = type === 'query' ? { ...(value as object | undefined) } : value;
    const result = validate(metatype as new () => object, input);
    if (!result.ok) throw invalidRequest(result.error);
    return result.value;
  }
}

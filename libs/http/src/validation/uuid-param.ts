import { isUuid } from '#libs/kernel';
import { Param } from '@nestjs/common';
import type { PipeTransform } from '@nestjs/common';
import { invalidRequest } from '../problems/problem.js';

const uuidPipe = (name: string): PipeTransform => ({
  transform: (value: unknown): string => {
    const id = typeof value === 'string' ? value.toLowerCase() : '';
    if (!isUuid(id)) throw invalidRequest([{ pointer: `/${name}`, detail: 'must be a UUID' }]);
    return id;
  },
});

/** Parameter decorator: a path parameter that's a UUID; in lower case, as ids are stored. */
export const UuidParam = (name = 'id'): ParameterDecorator => Param(name, uuidPipe(name));

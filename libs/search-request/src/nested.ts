import { Optional, Text } from '#libs/http';
import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsObject, ValidateNested } from 'class-validator';

/** Absent, or an object of a DTO class. */
export const OptionalOne = (dto: () => new () => object): PropertyDecorator =>
  applyDecorators(Optional(), IsObject(), ValidateNested(), Type(dto));

/** Absent, or 1 to `max` objects of a DTO class. ValidateNested alone takes lists of lists of them. */
export const OptionalListOf = (dto: () => new () => object, max: number): PropertyDecorator =>
  applyDecorators(
    Optional(),
    IsArray(),
    ArrayNotEmpty(),
    ArrayMaxSize(max),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(dto),
  );

/** Absent, or 1 to `max` words of up to `length` characters. */
export const OptionalWords = (max: number, length: number): PropertyDecorator =>
  applyDecorators(Optional(), IsArray(), ArrayNotEmpty(), ArrayMaxSize(max), Text(length, { each: true }));

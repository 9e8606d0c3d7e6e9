import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsObject, ValidateNested } from 'class-validator';
import { Text } from '#libs/http';

/** A list of up to `max` objects of a DTO class. ValidateNested alone takes lists of lists of them. */
export const ListOf = (dto: () => new () => object, max: number): PropertyDecorator =>
  applyDecorators(IsArray(), ArrayMaxSize(max), IsObject({ each: true }), ValidateNested({ each: true }), Type(dto));

/** One object of a DTO class. */
export const One = (dto: () => new () => object): PropertyDecorator =>
  applyDecorators(IsObject(), ValidateNested(), Type(dto));

/** A list of up to `max` different words of up to `length` characters. */
export const Words = (max: number, length: number): PropertyDecorator =>
  applyDecorators(IsArray(), ArrayMaxSize(max), ArrayUnique(), Text(length, { each: true }));

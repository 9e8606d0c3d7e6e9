import { SetMetadata } from '@nestjs/common';

/** Who callers are. No role includes another: each route names all that may call it. */
export const roles = ['service', 'analyst', 'auditor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What a route declares: the roles that may call it, or that anyone may. */
export type Declaration = readonly Role[] | 'public';

export const ACCESS_METADATA = 'rapport:access';

/** On a route, or on a controller for all its routes: callers with one of these roles are let in. */
export const Roles = (first: Role, ...others: Role[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_METADATA, [first, ...others] satisfies Declaration);

/** Anyone may call it, without a key. For health checks and documents, never for data. */
export const Public = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_METADATA, 'public' satisfies Declaration);

import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS_METADATA, type Declaration } from './roles.js';

export interface DeclaredRoute {
  /** `Controller.method`. */
  readonly name: string;
  /** `GET`. */
  readonly method: string;
  /** `/v1/candidates/:id`. */
  readonly path: string;
  /** Undefined where the route says nothing: then nobody is let in. */
  readonly declared: Declaration | undefined;
}

const pathOf = (controller: object, handler: object): string =>
  `/${[controller, handler]
    .map((target) => String(Reflect.getMetadata(PATH_METADATA, target) ?? '').replace(/^\/|\/$/g, ''))
    .filter((part) => part !== '')
    .join('/')}`;

/** The routes of an app's controllers, and who may call them. The app must import AccessModule. */
export const declaredRoutes = (app: INestApplicationContext): DeclaredRoute[] => {
  const scanner = new MetadataScanner();
  const reflector = new Reflector();
  return app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, () => unknown>;
      return scanner.getAllMethodNames(prototype).flatMap((method): DeclaredRoute[] => {
        const handler = prototype[method];
        if (!handler || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
        const verb = RequestMethod[(Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined) ?? 0];
        const declared = reflector.getAllAndOverride<Declaration | undefined>(ACCESS_METADATA, [handler, metatype]);
        return [
          { name: `${metatype.name}.${method}`, method: verb ?? 'GET', path: pathOf(metatype, handler), declared },
        ];
      });
    });
};

/** The routes of an app that don't say who may call them, as `Controller.method`. Every app's tests expect none. */
export const routesWithoutRoles = (app: INestApplicationContext): string[] =>
  declaredRoutes(app).flatMap(({ name, declared }) => (declared === undefined ? [name] : []));

import type { INestApplicationContext } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS_METADATA } from './roles.js';

/**
 * The routes of an app that don't say who may call them, as `Controller.method`. Every app's tests expect none.
 * The app must import AccessModule.
 */
export const routesWithoutRoles = (app: INestApplicationContext): string[] => {
  const scanner = new MetadataScanner();
  const reflector = new Reflector();
  return app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, () => unknown>;
      return scanner
        .getAllMethodNames(prototype)
        .map((name) => ({ name: `${metatype.name}.${name}`, handler: prototype[name] }))
        .filter(({ handler }) => handler && Reflect.hasMetadata(PATH_METADATA, handler))
        .filter(({ handler }) => !reflector.getAllAndOverride(ACCESS_METADATA, [handler ?? metatype, metatype]))
        .map(({ name }) => name);
    });
};

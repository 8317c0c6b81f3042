import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';

/**
 * Adds to Fastify's config of a route. Nest's own decorator would replace the entries of other decorators.
 */
export function addRouteConfig(config: Readonly<Record<string, unknown>>): MethodDecorator {
  return (target, property, descriptor) => {
    const known = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, descriptor.value as object) as
      object | undefined;
    RouteConfig({ ...known, ...config })(target, property, descriptor);
  };
}

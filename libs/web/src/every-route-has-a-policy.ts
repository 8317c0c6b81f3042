import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { policyOf } from './route-policy.ts';

/** Where Nest's @Get, @Post and the rest keep the path of a route. */
const PATH_METADATA = 'path';

/** Refuses to start a service that has a route without a policy, naming each such route. */
@Injectable()
export class EveryRouteHasAPolicy implements OnModuleInit {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const bare: string[] = [];
    for (const { metatype } of this.discovery.getControllers()) {
      if (typeof metatype !== 'function') continue;
      const prototype = (metatype as { prototype: Record<string, unknown> }).prototype;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) continue;
        if (policyOf(handler) === undefined)
          bare.push(`${metatype.name}.${name} (${String(Reflect.getMetadata(PATH_METADATA, handler))})`);
      }
    }
    if (bare.length > 0) {
      throw new Error(
        `These routes do not say who may call them; add @ForceRoute, @StaffRoute or @OpenRoute: ${bare.join(', ')}`,
      );
    }
  }
}

import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { policyOf } from './route-policy.ts';

/** Nest's @Get, @Post and the others keep the path of a route under this metadata key. */
const PATH_METADATA = 'path';

/** Prevents the start of a service that has routes without a policy, and names those routes. */
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
        `These routes have no policy; add @ForceRoute, @StaffRoute or @OpenRoute: ${bare.join(', ')}`,
      );
    }
  }
}

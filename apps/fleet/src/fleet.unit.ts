import { defineUnit } from '#unit';
import { OdometerController } from './odometer/odometer.controller.ts';
import { vehicleCollision } from './vehicle-collision.request.ts';
import { vehicleRepair } from './vehicle-repair.request.ts';
import { vehicleService } from './vehicle-service.request.ts';
import { VEHICLE_MIGRATIONS } from './vehicle.migration.ts';

export default defineUnit({
  slug: 'fleet',
  functionId: 'F2',
  title: 'Fleet',
  referencePrefix: 'FLT',
  requestTypes: [vehicleRepair, vehicleService, vehicleCollision],
  migrations: VEHICLE_MIGRATIONS,
  controllers: [OdometerController],
});

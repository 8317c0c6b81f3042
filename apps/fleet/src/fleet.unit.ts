import { defineUnit } from '#unit';
import { OdometerController } from './odometer/odometer.controller.ts';
import { vehicleCollision } from './vehicle-collision.request.ts';
import { vehicleRepair } from './vehicle-repair.request.ts';
import { vehicleService } from './vehicle-service.request.ts';
import { vehicleRecords } from './vehicle.records.ts';

export default defineUnit({
  slug: 'fleet',
  functionId: 'F2',
  title: 'Fleet',
  referencePrefix: 'FLT',
  requestTypes: [vehicleRepair, vehicleService, vehicleCollision],
  records: vehicleRecords,
  controllers: [OdometerController],
});

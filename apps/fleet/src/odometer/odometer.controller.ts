import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { UnitRuntime } from '#unit';
import { Caller, StaffRoute, type StaffCaller } from '#web';
import type { PoolClient } from 'pg';
import { readEmptyBody, readNewCorrection, readRefusal } from './correction.body.ts';
import type { VehicleKey } from './odometer.readings.ts';
import {
  confirmCorrection,
  noSuchVehicle,
  proposeCorrection,
  readVehicle,
  refuseCorrection,
  type Correction,
  type VehicleView,
} from './odometer.store.ts';

/** The path parameters that name a vehicle. */
interface VehiclePath {
  readonly force: string;
  readonly vrm: string;
}
interface CorrectionPath extends VehiclePath {
  readonly id: string;
}

/**
 * Routes for the readings of a vehicle and their corrections. One person proposes a correction and another
 * confirms it (docs/how-to/correct-an-odometer.md).
 */
@Controller('v1/vehicles/:force/:vrm')
export class OdometerController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute()
  read(@Caller() caller: StaffCaller, @Param() path: VehiclePath): Promise<VehicleView> {
    return this.withVehicle(caller, path, readVehicle);
  }

  @Post('corrections')
  @HttpCode(201)
  @StaffRoute('caseworker', 'supervisor')
  propose(
    @Caller() caller: StaffCaller,
    @Param() path: VehiclePath,
    @Body() body: unknown,
  ): Promise<Correction> {
    const proposed = readNewCorrection(body);
    return this.withVehicle(caller, path, (client, key) =>
      proposeCorrection(client, key, proposed, caller.person),
    );
  }

  @Post('corrections/:id/confirm')
  @HttpCode(200)
  @StaffRoute('caseworker', 'supervisor', 'decision-maker')
  confirm(
    @Caller() caller: StaffCaller,
    @Param() path: CorrectionPath,
    @Body() body: unknown,
  ): Promise<Correction> {
    readEmptyBody(body);
    return this.withVehicle(caller, path, (client, key) =>
      confirmCorrection(client, key, path.id, caller.person),
    );
  }

  @Post('corrections/:id/refuse')
  @HttpCode(200)
  @StaffRoute('caseworker', 'supervisor', 'decision-maker')
  refuse(
    @Caller() caller: StaffCaller,
    @Param() path: CorrectionPath,
    @Body() body: unknown,
  ): Promise<Correction> {
    const reason = readRefusal(body);
    return this.withVehicle(caller, path, (client, key) =>
      refuseCorrection(client, key, path.id, caller.person, reason),
    );
  }

  /** Runs the work in one transaction that sees this force only, if the caller may see the force. */
  private withVehicle<Result>(
    caller: StaffCaller,
    { force, vrm }: VehiclePath,
    work: (client: PoolClient, key: VehicleKey) => Promise<Result>,
  ): Promise<Result> {
    // PostgreSQL stores no text that contains NUL, so no vehicle has such a mark.
    if (!this.unit.forcesOf(caller).includes(force) || vrm.includes('\0')) throw noSuchVehicle();
    return this.unit.database.transaction([force], (client) =>
      work(client, { force, vrm: vrm.toUpperCase() }),
    );
  }
}

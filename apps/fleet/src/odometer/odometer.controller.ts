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

/** The readings of a vehicle, and their corrections: one person proposes, another confirms (docs/how-to/correct-an-odometer.md). */
@Controller('v1/vehicles/:force/:vrm')
export class OdometerController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute()
  read(
    @Caller() caller: StaffCaller,
    @Param('force') force: string,
    @Param('vrm') vrm: string,
  ): Promise<VehicleView> {
    return this.of(caller, force, vrm, readVehicle);
  }

  @Post('corrections')
  @HttpCode(201)
  @StaffRoute('caseworker', 'supervisor')
  propose(
    @Caller() caller: StaffCaller,
    @Param('force') force: string,
    @Param('vrm') vrm: string,
    @Body() body: unknown,
  ): Promise<Correction> {
    const proposed = readNewCorrection(body);
    return this.of(caller, force, vrm, (client, key) =>
      proposeCorrection(client, key, proposed, caller.person),
    );
  }

  @Post('corrections/:id/confirm')
  @HttpCode(200)
  @StaffRoute('caseworker', 'supervisor', 'decision-maker')
  confirm(
    @Caller() caller: StaffCaller,
    @Param('force') force: string,
    @Param('vrm') vrm: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Correction> {
    readEmptyBody(body);
    return this.of(caller, force, vrm, (client, key) => confirmCorrection(client, key, id, caller.person));
  }

  @Post('corrections/:id/refuse')
  @HttpCode(200)
  @StaffRoute('caseworker', 'supervisor', 'decision-maker')
  refuse(
    @Caller() caller: StaffCaller,
    @Param('force') force: string,
    @Param('vrm') vrm: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Correction> {
    const reason = readRefusal(body);
    return this.of(caller, force, vrm, (client, key) =>
      refuseCorrection(client, key, id, caller.person, reason),
    );
  }

  /** In one transaction under row security of that force alone, if the caller may see it. */
  private of<Result>(
    caller: StaffCaller,
    force: string,
    vrm: string,
    work: (client: PoolClient, key: VehicleKey) => Promise<Result>,
  ): Promise<Result> {
    // PostgreSQL has no text with NUL in it, and no vehicle such a mark.
    if (!this.unit.forcesOf(caller).includes(force) || vrm.includes('\0')) throw noSuchVehicle();
    return this.unit.database.transaction([force], (client) =>
      work(client, { force, vrm: vrm.toUpperCase() }),
    );
  }
}

import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { UnitRuntime } from '#unit';
import {
  Caller,
  Described,
  json,
  StaffRoute,
  TEXT,
  UUID,
  type DescribedParameter,
  type StaffCaller,
} from '#web';
import type { PoolClient } from 'pg';
import {
  CORRECTION_BODY,
  EMPTY_BODY,
  readEmptyBody,
  readNewCorrection,
  readRefusal,
  REFUSAL_BODY,
} from './correction.body.ts';
import type { VehicleKey } from './odometer.readings.ts';
import { CORRECTION_SCHEMA, VEHICLE_SCHEMA } from './odometer.schema.ts';
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

const VEHICLE_PATH: Readonly<Record<string, DescribedParameter>> = {
  force: { help: 'The force that has the vehicle', schema: TEXT },
  vrm: { help: 'The registration mark', schema: TEXT },
};
const CORRECTION_PATH: Readonly<Record<string, DescribedParameter>> = {
  ...VEHICLE_PATH,
  id: { help: 'The id of the correction', schema: UUID },
};

/**
 * Routes for the readings of a vehicle and their corrections. One person proposes a correction and another
 * confirms it (docs/how-to/correct-an-odometer.md).
 */
@Controller('v1/vehicles/:force/:vrm')
export class OdometerController {
  constructor(@Inject(UnitRuntime) private readonly unit: UnitRuntime) {}

  @Get()
  @StaffRoute()
  @Described({
    id: 'readVehicle',
    summary: 'Read the odometer of a vehicle',
    details: 'Its newest readings, and their corrections.',
    path: VEHICLE_PATH,
    answers: { 200: { means: 'The vehicle', content: json(VEHICLE_SCHEMA) } },
    problems: ['not-found'],
  })
  read(@Caller() caller: StaffCaller, @Param() path: VehiclePath): Promise<VehicleView> {
    return this.withVehicle(caller, path, readVehicle);
  }

  @Post('corrections')
  @HttpCode(201)
  @StaffRoute('caseworker', 'supervisor')
  @Described({
    id: 'proposeCorrection',
    summary: 'Propose a correction of an odometer',
    details: 'The vehicle changes only when another person confirms it.',
    path: VEHICLE_PATH,
    body: json(CORRECTION_BODY, {
      kind: 'new-instrument',
      miles: 12,
      reason: 'The instrument was replaced by the maker.',
    }),
    answers: { 201: { means: 'The proposed correction', content: json(CORRECTION_SCHEMA) } },
    problems: ['not-found', 'not-in-this-state'],
  })
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
  @Described({
    id: 'confirmCorrection',
    summary: 'Confirm a correction that another person proposed',
    path: CORRECTION_PATH,
    body: json(EMPTY_BODY, {}),
    bodyOptional: true,
    answers: { 200: { means: 'The confirmed correction', content: json(CORRECTION_SCHEMA) } },
    problems: ['not-found', 'not-in-this-state', 'second-person-needed'],
  })
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
  @Described({
    id: 'refuseCorrection',
    summary: 'Refuse a proposed correction',
    path: CORRECTION_PATH,
    body: json(REFUSAL_BODY, { reason: 'The photograph shows another vehicle.' }),
    answers: { 200: { means: 'The refused correction', content: json(CORRECTION_SCHEMA) } },
    problems: ['not-found', 'not-in-this-state'],
  })
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

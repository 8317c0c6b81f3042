/** The same invented request for everybody: a repair as the fleet unit takes it, about 700 bytes with its envelope. */
export const REPAIR = {
  registration: 'AB12CDE',
  odometerMiles: 48_211,
  defect: 'Front brakes grind when warm; nearside worse. Reported after a response run, vehicle parked at the station yard since.',
};

/** A force as the peers write it. */
export const FORCE = 'bedfordshire';
export const CONNECTIONS = 64;

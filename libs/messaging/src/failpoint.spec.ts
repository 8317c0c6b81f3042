import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { failpoint } from './failpoint.ts';

describe('a failpoint', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
    jest.restoreAllMocks();
  });

  it('kills the process at the n-th pass of the named place, elsewhere never', () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    process.env['CONCORDAT_FAILPOINT'] = 'here:2';
    failpoint('elsewhere');
    failpoint('here');
    expect(kill).not.toHaveBeenCalled();
    failpoint('here');
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGKILL');
  });

  it('does nothing in production', () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    process.env['CONCORDAT_FAILPOINT'] = 'there';
    process.env['NODE_ENV'] = 'production';
    failpoint('there');
    expect(kill).not.toHaveBeenCalled();
  });
});

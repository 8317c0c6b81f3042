/**
 * No folder may lead back to itself through others. Tests are left out, because a lib's tests use
 * libs/testing, which uses the lib.
 */
const { options } = require('../../.dependency-cruiser.cjs');

module.exports = {
  forbidden: [
    { name: 'no-folder-cycles', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
  ],
  options: {
    ...options,
    exclude: { path: ['^dist/', '\\.(?:spec|fixture)\\.ts$', '^libs/testing/'] },
  },
};

/** Before suites that run side by side: the package is packed, so that no two of them do it at once. */
const tsx = require('tsx/cjs/api');

const { packPackage } = tsx.require('./stage.ts', __filename);

module.exports = () => void packPackage();

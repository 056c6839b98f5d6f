/**
 * All of the unit and conformance tests: what plain `jest` runs (package.json names this file), and what the other
 * configurations here begin with. Types are checked by `tsc`; here the tests are only compiled, file by file.
 */
const path = require('node:path');

module.exports = {
	rootDir: path.join(__dirname, '..', '..'),
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	setupFiles: ['<rootDir>/test/support/quiet.js'],
	moduleNameMapper: { '^fast-check$': '<rootDir>/test/support/fastCheck.js' },
	testMatch: ['**/*.test.ts'],
	transform: {
		'^.+\\.ts$': [
			'ts-jest',
			{
				diagnostics: false,
				tsconfig: {
					isolatedModules: true,
					module: 'commonjs',
					target: 'ES2022',
					esModuleInterop: true,
					resolveJsonModule: true,
				},
			},
		],
	},
	testTimeout: 30_000,
	maxWorkers: 2,
};

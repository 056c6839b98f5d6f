/** Types are checked by `tsc`; here the tests are only compiled, file by file. */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	setupFiles: ['<rootDir>/test/support/quiet.js'],
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

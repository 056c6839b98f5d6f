/**
 * The rules that n8n's own tool sets for community packages (`@n8n/node-cli/eslint`), put together from their parts:
 * the tool itself cannot be installed everywhere. Its rules about imports are left to the TypeScript compiler. What is
 * linted the strictest is what is published.
 */
import eslint from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ ignores: ['dist/**', 'node_modules/**', '.local/**', '.cache/**', 'test/e2e/real-n8n/hosts/**'] },
	{
		files: ['{nodes,credentials}/**/*.ts'],
		extends: [
			eslint.configs.recommended,
			tseslint.configs.strict,
			n8nCommunityNodesPlugin.configs.recommended,
		],
		rules: {
			'no-console': 'error',
			'no-control-regex': 'off',
			// A rename once made two sets of marks one, without a word of the compiler.
			'@typescript-eslint/no-shadow': 'error',
		},
		linterOptions: { noInlineConfig: true },
	},
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': n8nNodesPlugin },
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: n8nNodesPlugin.configs.community.rules,
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesPlugin },
		rules: {
			...n8nNodesPlugin.configs.credentials.rules,
			// Meant for n8n's own repository, where this is a slug; for us another rule asks for a URL.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			// The community plugin has a stricter one.
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesPlugin },
		rules: {
			...n8nNodesPlugin.configs.nodes.rules,
			// The three that n8n's tool turns off as well: they predate NodeConnectionTypes and number limits.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: ['test/**/*.ts', 'simulators/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'],
		extends: [eslint.configs.recommended, tseslint.configs.recommended],
	},
	{
		// What is read at a time. Suites of tests are lists, which may be as long as they like.
		files: ['{nodes,credentials,simulators,scripts,bench,test/support}/**/*.{ts,mjs,js}', '*.js'],
		ignores: ['**/*.test.ts'],
		rules: {
			'max-lines': ['error', 250],
			'max-lines-per-function': ['error', { max: 60, IIFEs: true }],
		},
	},
	{
		// A table and nothing else.
		files: ['nodes/shared/contract/countries.ts'],
		rules: { 'max-lines': 'off' },
	},
);

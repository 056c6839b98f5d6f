/** Each gateway's page tells of every method and parameter of the vendor what it is here, or why it is missing. */
import { GATEWAY_IDS, gateways } from '../../nodes/SendSms/gateways';
import { facts } from '../facts';
import { coverageProblems, pageOf, readPage, vendorNamesOn } from '../support/coverage';

it.each(GATEWAY_IDS.map((id) => [pageOf(gateways[id]), gateways[id]] as const))(
	'%s covers what the vendor documents',
	(file, gateway) => {
		expect(coverageProblems(gateway, readPage(file))).toEqual([]);
	},
);

it.each(GATEWAY_IDS.map((id) => [pageOf(gateways[id]), id] as const))(
	"%s has a row for each name on the vendor's pages",
	(file, id) => {
		const named = vendorNamesOn(readPage(file));
		const documented = facts[id].documented.trim().split(/\s+/);
		expect(documented.filter((name) => !named.has(name))).toEqual([]);
		expect(new Set(documented).size).toBe(documented.length);
	},
);

describe('a table', () => {
	const { smsRu } = gateways;
	const page = (...rows: readonly string[]): string =>
		[
			'# SMS.RU',
			'',
			'## Coverage',
			'',
			'| method or parameter | here | source |',
			'| --- | --- | --- |',
			...rows,
			'',
		].join('\n');
	const about = (...rows: readonly string[]): string[] =>
		coverageProblems(smsRu, page(...rows)).filter((sentence) => !sentence.includes('no row says'));

	it('may name operations, fields, choices, keys and what the credential has', () => {
		const names = ['`message.getStatus`', '`ttl`', '`apiId`', '`segments`', '`events=callCheck`'];
		expect(about(...names.map((name, n) => `| \`p${n}\` | ${name}, in its own words | the page |`))).toEqual(
			[],
		);
	});

	it('that is missing is asked for', () => {
		expect(coverageProblems(smsRu, '# SMS.RU\n')).toEqual([
			'docs/gateways/sms-ru.md has no section "Coverage": list there every method and parameter of the vendor\'s pages, with what it is here.',
		]);
	});

	it('with another head is not read', () => {
		const other = page().replace('| here |', '| ours |');
		expect(coverageProblems(smsRu, other)).toEqual([
			'docs/gateways/sms-ru.md: begin the table with | method or parameter | here | source |.',
		]);
	});

	it.each([
		['| `x` | `noSuchOption` | the page |', 'names `noSuchOption`, which the nodes do not have'],
		['| `x` | `smsKind=pigeon` | the page |', 'names `smsKind=pigeon`, which the nodes do not have'],
		['| `x` | not offered: no | the page |', 'names nothing and says neither'],
		['| `x` | | the page |', 'names nothing and says neither'],
		['| x | `ttl` | the page |', 'names no method or parameter in backticks'],
		['| `x` | `ttl` | |', 'has no source'],
		['| `x` | `ttl` |', 'has not three cells'],
	])('with %s is refused', (row, problem) => {
		expect(about(row).join('\n')).toContain(problem);
	});

	it('may not say two things of one', () => {
		expect(about('| `x` | `ttl` | a |', '| `x` | `sendAt` | b |')).toEqual([
			'docs/gateways/sms-ru.md: `x` has two rows.',
		]);
	});

	it('names every operation and every option that only this gateway has', () => {
		const problems = coverageProblems(smsRu, page('| `x` | `message.send` | a |'));
		const missing = problems.map((sentence) => /`([^`]+)` is made/.exec(sentence)?.[1]);
		expect(missing).toEqual(expect.arrayContaining(['verification.call', 'stopList.add', 'daytime', 'ip']));
		expect(missing).not.toContain('message.send');
		expect(missing).not.toContain('message.preview');
		expect(missing).not.toContain('ttl');
	});
});

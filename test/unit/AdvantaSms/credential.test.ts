/** The Test button of Advanta's credential: what n8n says for each kind of answer of getbalance. */
import { AdvantaSmsApi } from '../../../credentials/AdvantaSmsApi.credentials';
import { ADVANTA_CODES } from '../../../nodes/AdvantaSms/codes';

/** lodash's `get`, as far as the rules need it: n8n looks keys up by it. */
function get(body: unknown, key: string): unknown {
	return key
		.split(/[.[\]]+/)
		.filter((part) => part !== '')
		.reduce<unknown>(
			(value, part) =>
				typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined,
			body,
		);
}

/** The sentence that n8n shows; null when the test succeeds. The first rule whose value is there speaks (2.41.1). */
function verdict(body: unknown): string | null {
	for (const rule of new AdvantaSmsApi().test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') throw new Error('n8n would ask another kind of rule elsewhere');
		const { key, value, message } = rule.properties;
		if (get(body, key) === value) return message;
	}
	return null;
}

const inEveryPlace = (code: string): Array<Record<string, unknown>> =>
	['response-code', 'respose-code'].flatMap((key) =>
		[Number(code), code].flatMap((value) => [{ [key]: value }, { responses: [{ [key]: value }] }]),
	);

it.each(['545.00', '1,234.50', '0.00', 545.5])('%j units: the key is right', (credit) => {
	expect(verdict({ 'response-code': 200, credit, 'partner-id': '1' })).toBeNull();
});

it.each(['1006', '4091', '4092', '4093'])('%s is a wrong key, bare or in a list', (code) => {
	for (const body of inEveryPlace(code))
		expect(verdict(body)).toMatch(/does not accept this API Key and Partner ID/);
});

it.each(['1005', '1007', '4090'])(
	'%s is a fault of the gateway: nobody is sent to look for another address',
	(code) => {
		for (const body of inEveryPlace(code))
			expect(verdict(body)).toMatch(/a problem of its own .* try again in five minutes/);
	},
);

it.each(Object.keys(ADVANTA_CODES))('%s fails, in words that end as sentences do', (code) => {
	for (const body of inEveryPlace(code)) expect(verdict(body)).toMatch(/^[A-Z].+[^.]\.$/s);
});

it.each([
	['a page', '<html></html>'],
	['nothing', ''],
	['an empty object', {}],
	["another vendor's balance", { balance: '100.50', currency: 'RUR' }],
	['no units', { 'response-code': 200 }],
	['null for units', { 'response-code': 200, credit: null }],
])('%s does not pass', (_, body) => {
	expect(verdict(body)).toMatch(/Check 'Provider'/);
});

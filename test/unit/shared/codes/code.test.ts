/** The code: made, put into a text, and read as people type it. */
import fc from 'fast-check';
import { codeId, makeCode, putCode, readTyped, withoutPlace } from '../../../../nodes/shared/codes/code';
import type { CodeOrigin } from '../../../../nodes/shared/codes/code';
import type { CodeKey } from '../../../../nodes/shared/codes/key';
import { codeKey } from '../../../../nodes/shared/codes/key';

const owner = { gatewayId: 'smsRu', instanceId: 'here', secrets: ['a key of the account'] };
const origin: CodeOrigin = {
	workflowId: 'w',
	nodeId: 'n',
	execution: '1',
	runIndex: 0,
	to: '+79161234567',
};
let key: CodeKey;
beforeAll(async () => void (key = await codeKey(owner)));

const digits = fc.integer({ min: 4, max: 8 });

describe('the key', () => {
	it('is the same for the same credential, also in another process', async () => {
		const again = await codeKey({ ...owner, secrets: [...owner.secrets] });
		expect(again.sign('id', 1)).toEqual(key.sign('id', 1));
		let fresh: typeof codeKey = codeKey;
		jest.isolateModules(() => {
			({ codeKey: fresh } = jest.requireActual('../../../../nodes/shared/codes/key'));
		});
		expect(fresh).not.toBe(codeKey);
		expect((await fresh(owner)).sign('id', 1)).toEqual(key.sign('id', 1));
	});

	it.each([
		['credential', { secrets: ['another key'] }],
		['number of fields', { secrets: ['a key of ', 'the account'] }],
		['gateway', { gatewayId: 'smsc' }],
		['n8n', { instanceId: 'there' }],
	])('is another for another %s', async (_, other) => {
		expect((await codeKey({ ...owner, ...other })).sign('id', 1)).not.toEqual(key.sign('id', 1));
	});

	it('signs each purpose and each splitting of parts in its own way', () => {
		const signed = [
			key.sign('id', 'ab'),
			key.sign('code', 'ab'),
			key.sign('token', 'ab'),
			key.sign('digits', 'ab'),
			key.sign('id', 'a', 'b'),
		];
		expect(new Set(signed.map((one) => one.toString('hex'))).size).toBe(signed.length);
	});
});

describe('a code', () => {
	it('is the same in every try of a run, and another for every other origin', () => {
		const id = codeId(key, origin);
		expect(codeId(key, { ...origin })).toBe(id);
		const others: CodeOrigin[] = [
			{ ...origin, workflowId: 'w2' },
			{ ...origin, nodeId: 'n2' },
			{ ...origin, execution: '2' },
			{ ...origin, runIndex: 1 },
			{ ...origin, to: '+79161234568' },
		];
		const ids = [origin, ...others].map((one) => codeId(key, one));
		expect(new Set(ids).size).toBe(ids.length);
		expect(makeCode(key, id, 6)).toBe(makeCode(key, id, 6));
	});

	it('has so many digits', () => {
		fc.assert(
			fc.property(fc.string(), digits, (id, length) => {
				expect(makeCode(key, id, length)).toMatch(new RegExp(`^\\d{${length}}$`));
			}),
		);
	});

	it('is spread evenly, zeros in front among them', () => {
		const firsts = Array.from({ length: 5000 }, (_, n) => makeCode(key, String(n), 4).charAt(0));
		for (const digit of '0123456789') {
			const times = firsts.filter((first) => first === digit).length;
			// 500 are expected; five standard deviations are 106.
			expect(Math.abs(times - 500)).toBeLessThan(106);
		}
	});

	it('cannot be told from its id without the key', async () => {
		const other = await codeKey({ ...owner, secrets: ['guessed'] });
		const ids = Array.from({ length: 1000 }, (_, n) => codeId(key, { ...origin, execution: String(n) }));
		const same = ids.filter((id) => makeCode(other, id, 6) === makeCode(key, id, 6));
		expect(same).toEqual([]);
	});
});

describe('the text', () => {
	it.each([
		['{code} is your code.', '012345 is your code.'],
		['Code: { Code }, again {CODE}', 'Code: 012345, again 012345'],
		['{{code}}', '{012345}'],
	])('%s', (text, filled) => expect(putCode(text, '012345', null)).toBe(filled));

	it('must have a place for the code', () => {
		expect(putCode('Your code is 4821', '012345', null)).toBeNull();
		expect(putCode('', '012345', 'example.com')).toBeNull();
	});

	it('ends with the line that phones fill in by themselves', () => {
		expect(putCode('{code} is your code.\n', '012345', 'example.com')).toBe(
			'012345 is your code.\n\n@example.com #012345',
		);
	});

	it('keeps what a replacement would take for a sign of its own', () => {
		expect(putCode("$& $' {code}", '012345', null)).toBe("$& $' 012345");
	});

	it('is looked through for placeholders without the place', () => {
		expect(withoutPlace('Hello {name}, {code} or { CODE }')).toBe('Hello {name},  or ');
	});
});

describe('what a person types', () => {
	it.each<[unknown, string | null]>([
		['012345', '012345'],
		[' 012 345 ', '012345'],
		['012-345', '012345'],
		['٠١٢٣٤٥', '012345'],
		['０１２３４５', '012345'],
		['012\u200b345', '012345'],
		[12345, '012345'],
		['12345', null],
		['0123456', null],
		['', null],
		['abcdef', null],
		['01234x', null],
		[-12345, null],
		[1.5, null],
		[Number.NaN, null],
		[1e21, null],
		[null, null],
		[undefined, null],
		[{}, null],
		[['012345'], null],
		[true, null],
		['0'.repeat(200), null],
	])('%p is %p', (typed, code) => expect(readTyped(typed, 6)).toBe(code));

	it('is read whatever it is, and is a code or nothing', () => {
		fc.assert(
			fc.property(fc.anything(), digits, (typed, length) => {
				const code = readTyped(typed, length);
				expect(code === null || new RegExp(`^\\d{${length}}$`).test(code)).toBe(true);
			}),
		);
	});

	it('is the code that was sent, as text or as number', () => {
		fc.assert(
			fc.property(fc.string(), digits, (id, length) => {
				const code = makeCode(key, id, length);
				expect(readTyped(code, length)).toBe(code);
				expect(readTyped(Number(code), length)).toBe(code);
			}),
		);
	});
});

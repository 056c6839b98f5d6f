/** Limits keep to what a transliterated text may take at the gateway, which writes one letter as up to four. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { allGateways } from '../../../support/allGateways';
import type { RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';

const world = allGateways(100);
const GATEWAYS = ['smsRu', 'smsc'] as const;
type Transliterating = (typeof GATEWAYS)[number];

const run = async (
	gateway: Transliterating,
	message: string,
	parameters: INodeParameters,
	options: INodeParameters = { transliterate: true },
): Promise<RunResult> =>
	await runNode({
		node: gateway,
		credentials: world.credentials(gateway),
		rows: [{}],
		parameters: { to: '+79161234567', message, options, ...parameters },
		onError: 'continueErrorOutput',
	});
const only = ({ success, failed }: RunResult): IDataObject => {
	const [item] = [...success, ...failed];
	return item?.json ?? {};
};

/** 100 letters: two segments of Cyrillic, and three once each is written as "shch". */
const GROWS = 'щ'.repeat(100);
/** 160 letters: three segments of Cyrillic, and one in Latin letters. */
const SHRINKS = 'а'.repeat(160);

describe.each(GATEWAYS)('%s', (gateway) => {
	it('Max Segments stops what the gateway would charge as more', async () => {
		const limits = { maxSegments: 2 };
		expect(only(await run(gateway, GROWS, { limits }))).toMatchObject({
			error: { message: "This text needs 3 segments, and 'Max Segments' allows 2. Nothing was sent." },
		});
		expect(world.of(gateway).requests).toEqual([]);
		// Without the option it is Cyrillic, and takes two.
		expect(only(await run(gateway, GROWS, { limits }, {}))).toMatchObject({ accepted: true, segments: 2 });
	});

	it('Max Segments lets through what Latin letters make short', async () => {
		const limits = { maxSegments: 1 };
		expect(only(await run(gateway, SHRINKS, { limits }))).toMatchObject({
			accepted: true,
			segments: 1,
			encoding: 'GSM-7',
		});
		expect(only(await run(gateway, SHRINKS, { limits }, {}))).toMatchObject({
			error: { message: expect.stringContaining('3 segments') },
		});
	});

	it('Max Cost per Run counts the same', async () => {
		const limits = { maxCost: 5, pricePerSegment: 2 };
		expect(only(await run(gateway, GROWS, { limits }))).toMatchObject({
			error: { message: expect.stringMatching(/would cost 6, at 2 for a segment/) },
		});
		expect(world.of(gateway).requests).toEqual([]);
	});

	it('Preview says as much as is charged at most, and shows no parts, which nobody knows', async () => {
		const operation = 'preview';
		expect(only(await run(gateway, GROWS, { operation }))).toMatchObject({
			segments: 3,
			encoding: 'GSM-7',
			characters: 400,
			text: GROWS,
			parts: [],
			forcesUnicode: [],
		});
		expect(only(await run(gateway, `${SHRINKS}“`, { operation }))).toMatchObject({
			segments: 3,
			encoding: 'UCS-2',
			parts: [],
			forcesUnicode: [{ character: '“', replacement: '"' }],
		});
		// The simulated gateways write "sch", and charge 300 characters.
		const priced = only(await run(gateway, GROWS, { operation, includePrice: true }));
		expect(priced).toMatchObject({ segments: 3, chargedSegments: 2 });
	});
});

it('SMSC: look-alikes may take more than Latin letters', async () => {
	const options = { transliterate: true, transliterationStyle: 2 };
	const { segments } = only(await run('smsc', 'ж'.repeat(60), { operation: 'preview' }, options));
	// "}|{" takes six septets: 360 in all.
	expect(segments).toBe(3);
	expect(only(await run('smsc', 'ж'.repeat(60), { operation: 'preview' }))).toMatchObject({ segments: 1 });
});

describe('a backup that sends without Transliterate', () => {
	const send = async (limits: INodeParameters): Promise<IDataObject> =>
		only(
			await runNode({
				node: 'sendSms',
				credentials: world.credentials('smsRu', 'africasTalking'),
				rows: [{}],
				parameters: {
					gateway: 'smsRu',
					backupGateway: 'africasTalking',
					backupLeavesOut: true,
					to: '+254712345678',
					message: SHRINKS,
					limits,
					options: { transliterate: true },
				},
				onError: 'continueErrorOutput',
			}),
		);
	beforeEach(() => {
		world.of('smsRu').balance = 0;
	});

	it.each([
		[{ maxSegments: 2 }, /^This text needs 3 segments through Africa's Talking, and 'Max Segments' allows 2/],
		[{ maxCost: 5, pricePerSegment: 2 }, /would cost 6, at 2 for a segment/],
	])('is held to its own count by %j', async (limits, sentence) => {
		expect(await send(limits)).toMatchObject({ error: { message: expect.stringMatching(sentence) } });
		expect(world.of('smsRu').requests).toEqual([]);
	});

	it.each([{ maxSegments: 3 }, { maxCost: 6, pricePerSegment: 2 }])('gets what %j allows', async (limits) => {
		expect(await send(limits)).toMatchObject({ gateway: 'africasTalking', segments: 3, encoding: 'UCS-2' });
	});
});

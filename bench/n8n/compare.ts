/** The nodes against what people would use without them. */
import type { Simulator } from '../../simulators/simulator';
import { undici, type Bench, type Measured } from './bench';
import {
	dragged,
	evaluated,
	httpRequestNode,
	minimalAlpha,
	minimalSmsRu,
	noNode,
	oneText,
	ours,
	paired,
	type Gateway,
} from './nodes';
import { phone, TEXT } from './rows';

export type Simulators = Readonly<Record<Gateway, Simulator>>;

const speed = ({ rows: count, seconds }: Measured): number => count / seconds;
const times = (a: Measured, b: Measured): string => `${(speed(a) / speed(b)).toFixed(1)} ×`;

/** What people would use without this package: n8n's own node, and a node that only calls the helper. */
async function measureOthers(bench: Bench, count: number, { smsRu }: Simulators) {
	const { baseUrl, credentials } = smsRu;
	const oneByOne = { batching: { batch: { batchSize: 1, batchInterval: 0 } } };
	return {
		http: await bench.run(
			"n8n's HTTP Request node, a request a row",
			count,
			httpRequestNode(baseUrl, credentials.apiId ?? ''),
			smsRu,
		),
		httpWithCredential: await bench.run(
			"n8n's HTTP Request node with a credential",
			count,
			httpRequestNode(baseUrl, null),
			smsRu,
		),
		httpOneByOne: await bench.run(
			"n8n's HTTP Request node with a credential, Batching of 1",
			count,
			httpRequestNode(baseUrl, null, oneByOne),
			smsRu,
		),
		sequential: await bench.run('minimal node, a request a row', count, minimalSmsRu(smsRu), smsRu),
	};
}

async function measureOurs(bench: Bench, count: number, { smsRu, smsc, alphaSms }: Simulators) {
	const inThousands = { ...oneText, options: { batchSize: 1000 } };
	return [
		await bench.run('SMS.RU, one text', count, ours('smsRu', oneText), smsRu),
		await bench.run('SMS.RU, different texts', count, ours('smsRu', dragged), smsRu),
		await bench.run('SMS.RU, different texts, from a node further up', count, ours('smsRu', paired), smsRu),
		await bench.run('SMS.RU, different texts, evaluated by n8n', count, ours('smsRu', evaluated), smsRu),
		await bench.run('SMSC, one text', count, ours('smsc', oneText), smsc),
		await bench.run('SMSC, one text, Batch Size 1000', count, ours('smsc', inThousands), smsc),
		await bench.run('SMSC, different texts', count, ours('smsc', dragged), smsc),
		await bench.run(
			'AlphaSMS with an API key, different texts',
			count,
			ours('alphaSms', { ...dragged, from: 'ACME' }, 'alphaSmsKey'),
			alphaSms,
		),
	];
}

/** The same requests outside n8n: the floor. */
async function measureOutside(count: number, { smsRu }: Simulators) {
	const form = (to: string): string =>
		`to=${to}&msg=${encodeURIComponent(TEXT)}&json=1&api_id=${smsRu.credentials.apiId}`;
	const hundred = (n: number): string =>
		Array.from({ length: 100 }, (_, k) => phone(n * 100 + k).slice(1)).join('%2C');
	return {
		single: await undici(
			'undici with keep-alive, a request a row, 8 in flight',
			count,
			8,
			smsRu,
			(n) => form(phone(n).slice(1)),
			'/sms/send',
		),
		hundreds: await undici(
			'undici with keep-alive, 100 recipients a request, 4 in flight',
			count / 100,
			4,
			smsRu,
			(n) => form(hundred(n)),
			'/sms/send',
		),
	};
}

export async function compare(
	bench: Bench,
	delay: string,
	count: number,
	simulators: Simulators,
): Promise<string> {
	const { smsRu, alphaSms } = simulators;
	// Warm: the first run of anything pays for loading.
	await bench.run('warm-up', 200, ours('smsRu', oneText), smsRu);
	const nothing = await bench.run('no node', count, noNode, null);
	const others = await measureOthers(bench, count, simulators);
	const own = await measureOurs(bench, count, simulators);
	const textInterface = ours('alphaSms', { ...oneText, from: 'ACME' });
	const alpha = await bench.run('AlphaSMS, text interface, 8 in flight', count, textInterface, alphaSms);
	const helper = await bench.run(
		'helper with authentication, 8 in flight',
		count,
		minimalAlpha(alphaSms),
		alphaSms,
	);
	const outside = await measureOutside(count, simulators);

	const line = (measured: Measured, recipients = measured.rows): string => {
		const perSecond = recipients / measured.seconds;
		const extra =
			measured.processor === 0
				? '–'
				: (((measured.processor - nothing.processor) / recipients) * 1000).toFixed(3);
		return `| ${measured.name} | ${measured.requests} | ${measured.seconds.toFixed(2)} | ${Math.round(perSecond).toLocaleString('en')} | ${(perSecond / speed(others.http)).toFixed(1)} | ${(perSecond / speed(others.httpWithCredential)).toFixed(1)} | ${extra} |`;
	};
	return [
		`## ${count.toLocaleString('en')} rows, the gateway answers after ${delay}`,
		'',
		'| | requests | seconds | rows a second | × HTTP Request node | × the same with a credential | processor beyond n8n, ms a row |',
		'| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
		...[...Object.values(others), ...own, alpha, helper, outside.single].map((measured) => line(measured)),
		line(outside.hundreds, count),
		'',
		`AlphaSMS's text interface against the helper itself, both with 8 requests in flight: ${times(alpha, helper)}.`,
	].join('\n');
}

/**
 * Our segment counter against two published ones, in one run: `npx tsx bench/segments.ts`.
 *
 * Each function gets texts that are equal but not the same object in turn, as rows of a sheet are.
 */
import { SegmentedMessage } from 'sms-segments-calculator';
import splitSms from 'split-sms';
import { countSegments, measureSegments } from '../nodes/shared/segments/segments';
import { bestOf, grouped, printTable } from './measure';

const TEXTS: ReadonlyArray<readonly [name: string, make: (i: number) => string]> = [
	['ASCII 160', (i) => String.fromCharCode(97 + (i % 26)) + 'Your order is ready. '.repeat(8).slice(0, 159)],
	[
		'Cyrillic 700',
		(i) => String.fromCharCode(0x430 + (i % 32)) + 'Ваш заказ готов. '.repeat(42).slice(0, 699),
	],
	['emoji 300', (i) => String.fromCodePoint(0x1f600 + (i % 16)) + '😀'.repeat(299)],
];

const COUNTERS: ReadonlyArray<readonly [name: string, count: (text: string) => number]> = [
	['measureSegments', (text) => measureSegments(text).segments],
	['countSegments', (text) => countSegments(text).segments],
	['split-sms', (text) => splitSms.split(text).parts.length],
	['split-sms summary', (text) => splitSms.split(text, { summary: true }).parts.length],
	['sms-segments-calculator', (text) => new SegmentedMessage(text).segmentsCount],
];

const VARIANTS = 16;

for (const [name, make] of TEXTS) {
	const texts = Array.from({ length: VARIANTS }, (_, i) =>
		Buffer.from(make(i), 'utf16le').toString('utf16le'),
	);
	const speeds = COUNTERS.map(([counter, count]) => {
		let i = 0;
		return { counter, speed: bestOf(() => count(texts[i++ % VARIANTS] ?? '')) };
	});
	const slowest = speeds[speeds.length - 1]?.speed ?? 1;
	const splitter = speeds[2]?.speed ?? 1;
	console.log(`\n${name}`);
	printTable([
		['', 'ops/s', '× split-sms', '× sms-segments-calculator'],
		...speeds.map(({ counter, speed }) => [
			counter,
			grouped(speed),
			(speed / splitter).toFixed(2),
			(speed / slowest).toFixed(1),
		]),
	]);
}

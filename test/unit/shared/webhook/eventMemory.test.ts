/** What counts as a repeat, to the millisecond; and what goes when there is too much. */
import type { GatewayEvent } from '../../../../nodes/shared/contract/event';
import { EventMemory } from '../../../../nodes/shared/webhook/eventMemory';
import { clock } from '../../../../nodes/shared/time/clock';
import { realTime } from '../../../support/clock';

const NOW = Date.UTC(2030, 0, 1);
const DAY = 24 * 60 * 60_000;

const event = (told: Partial<GatewayEvent>): GatewayEvent => ({
	event: 'reply',
	gateway: 'smsc',
	messageId: null,
	to: null,
	from: null,
	text: null,
	status: null,
	error: null,
	occurredAt: null,
	raw: {},
	...told,
});
const status = (told: Partial<GatewayEvent>): GatewayEvent =>
	event({ event: 'status', messageId: '1', status: 'sent', ...told });
const at = (ms: number): string => new Date(NOW + ms).toISOString();

/** Which of these events are news, each so many milliseconds after the first. */
function news(...calls: ReadonlyArray<readonly [ms: number, event: GatewayEvent]>): boolean[] {
	const memory = new EventMemory();
	return calls.map(([ms, one]) => memory.take('here', [one], NOW + ms).fresh.length === 1);
}

describe('the same again', () => {
	const said = event({ from: '+1', raw: { text: 'JOIN' } });
	it.each([
		['without id and time', said, 90_000, false],
		['without id and time', said, 90_001, true],
		['with an id', { ...said, messageId: '7' }, 90_001, false],
		['with an id', { ...said, messageId: '7' }, 5 * DAY, false],
		['with an id', { ...said, messageId: '7' }, 5 * DAY + 1, true],
		['with a time', { ...said, occurredAt: at(0) }, 90_001, false],
		['with a time', { ...said, occurredAt: at(0) }, 5 * DAY + 1, true],
		['from nobody', event({ raw: { text: 'JOIN' } }), 90_000, false],
		['from nobody', event({ raw: { text: 'JOIN' } }), 90_001, true],
		['a status', status({}), 5 * DAY, false],
		['a status', status({}), 5 * DAY + 1, true],
		['a status without an id', status({ messageId: null }), 90_001, true],
	])('%s, %# after %d ms is news: %s', (_, one, ms, isNews) => {
		expect(news([0, one], [ms, one])).toEqual([true, isNews]);
	});
});

describe('apart from each other are', () => {
	it.each<[string, GatewayEvent, GatewayEvent]>([
		['people', event({ from: '+1' }), event({ from: '+2' })],
		['the numbers that they write to', event({ from: '+1', to: '+8' }), event({ from: '+1', to: '+9' })],
		['kinds', event({ from: '+1' }), event({ from: '+1', event: 'optOut' })],
		['kinds with an id', event({ messageId: '1' }), event({ messageId: '1', event: 'optOut' })],
		['what nobody in particular says', event({ raw: { a: 1 } }), event({ raw: { a: 2 } })],
		[
			'what is said at a time',
			event({ occurredAt: at(0), raw: { a: 1 } }),
			event({ occurredAt: at(0), raw: { a: 2 } }),
		],
		[
			'messages of one person with an id',
			event({ from: '+1', messageId: '1', raw: { id: 1 } }),
			event({ from: '+1', messageId: '2', raw: { id: 2 } }),
		],
		['messages', status({ messageId: '1' }), status({ messageId: '2' })],
		['recipients', status({ to: '+1' }), status({ to: '+2' })],
		[
			'reports without an id',
			status({ messageId: null, raw: { a: 1 } }),
			status({ messageId: null, raw: { a: 2 } }),
		],
		[
			'reports without a status',
			status({ status: null, raw: { a: 1 } }),
			status({ status: null, raw: { a: 2 } }),
		],
	])('%s', (_, one, other) => {
		expect(news([0, one], [1, other], [2, one], [3, other])).toEqual([true, true, false, false]);
	});

	it('places', () => {
		const memory = new EventMemory();
		const fresh = (place: string): number => memory.take(place, [status({})], NOW).fresh.length;
		expect([fresh('a'), fresh('b'), fresh('a'), fresh('b')]).toEqual([1, 1, 0, 0]);
	});
});

it('of a person only what they wrote last is remembered', () => {
	const says = (text: string): GatewayEvent => event({ from: '+1', raw: { text } });
	expect(news([0, says('STOP')], [1, says('START')], [2, says('STOP')], [3, says('STOP')])).toEqual([
		true,
		true,
		true,
		false,
	]);
});

it('a status is one, whatever else its reports say', () => {
	expect(news([0, status({ raw: { a: 1 } })], [1, status({ raw: { a: 2 } })])).toEqual([true, false]);
});

describe('a report after the end', () => {
	const told = (one: GatewayEvent['status'], ms: number | null): GatewayEvent =>
		status({ status: one, occurredAt: ms === null ? null : at(ms) });
	it.each([
		['a minute later by its clock', told('delivered', 0), told('sent', 60_000), false],
		['more than a minute later', told('delivered', 0), told('sent', 60_001), true],
		['earlier', told('delivered', 0), told('sent', -60_001), false],
		['without a time', told('delivered', 0), told('sent', null), false],
		['after one without a time', told('delivered', null), told('sent', 60_001), false],
		['of nothing known', told('delivered', 0), told('unknown', 60_001), false],
		['after what is no end', told('sent', 0), told('queued', 60_001), false],
		['at a time that is none', told('delivered', 0), status({ status: 'sent', occurredAt: 'soon' }), false],
		[
			'after a time that is none',
			status({ status: 'delivered', occurredAt: 'x' }),
			told('sent', 60_001),
			false,
		],
	])('%s', (_, first, second, isNews) => {
		expect(news([0, first], [1, second])).toEqual([true, isNews]);
	});
});

describe('what n8n could not take', () => {
	it('is forgotten together, and what was known before is known again', () => {
		const memory = new EventMemory();
		memory.take('here', [status({ status: 'queued' })], NOW);
		const { fresh, forget } = memory.take(
			'here',
			[status({ status: 'sent' }), status({ status: 'queued' }), event({ messageId: '9' })],
			NOW + 1,
		);
		expect(fresh.map((one) => one.status ?? one.event)).toEqual(['sent', 'reply']);
		forget();
		const again = (one: GatewayEvent): number => memory.take('here', [one], NOW + 2).fresh.length;
		expect([
			again(status({ status: 'queued' })),
			again(status({ status: 'sent' })),
			again(event({ messageId: '9' })),
		]).toEqual([0, 1, 1]);
	});
});

describe('how much is remembered', () => {
	const nth = (n: number): GatewayEvent => event({ messageId: String(n), raw: { n } });
	const many = (from: number, to: number): GatewayEvent[] =>
		Array.from({ length: to - from }, (_, n) => nth(from + n));

	it('up to 55,000 events all of it, then the youngest 50,000', () => {
		const memory = new EventMemory();
		const isNew = (n: number): boolean => memory.take('here', [nth(n)], NOW + 1).fresh.length === 1;
		memory.take('here', many(0, 55_000), NOW);
		expect([isNew(0), isNew(54_999)]).toEqual([false, false]);
		// One more: 5,001 go.
		expect(isNew(55_000)).toBe(true);
		expect([isNew(5001), isNew(55_000)]).toEqual([false, false]);
		expect(isNew(5000)).toBe(true);
	});

	it('what is told again as news counts as young', () => {
		const memory = new EventMemory();
		memory.take('here', [status({ status: 'queued' })], NOW);
		memory.take('here', many(0, 54_999), NOW);
		memory.take('here', [status({ status: 'sent' }), nth(54_999)], NOW);
		expect(memory.take('here', [status({ status: 'sent' })], NOW).fresh).toStrictEqual([]);
	});
});

it('goes by the clock where no time is given', () => {
	let now = NOW;
	clock.now = () => now;
	try {
		const memory = new EventMemory();
		const isNew = (): boolean => memory.take('here', [event({ from: '+1' })]).fresh.length === 1;
		expect([isNew(), isNew()]).toEqual([true, false]);
		now += 90_001;
		expect(isNew()).toBe(true);
	} finally {
		realTime();
	}
});

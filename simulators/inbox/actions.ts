import { isLoopback } from '../caller';
import { DELIVERY_STATES } from '../callbacks';
import type { Simulator } from '../simulator';
import { addressPage, problemPage, replyPage } from './page';

export type Gateways = Readonly<Record<string, Simulator>>;

export interface Answer {
	readonly status: number;
	readonly body: string;
	/** Where the browser goes next. */
	readonly location?: string;
}

/** Somebody is waiting for the page: one short try. */
const PATIENCE = { attempts: 1, timeoutMs: 5000 };

const problem = (sentence: string): Answer => ({ status: 400, body: problemPage(sentence) });
const done = ({ gateway }: Simulator): Answer => ({ status: 303, body: '', location: `/#${gateway}` });

function find(gateways: Gateways, fields: URLSearchParams): Simulator | undefined {
	return Object.values(gateways).find(({ gateway }) => gateway === fields.get('gateway'));
}

/** The pages that people type into. Undefined: there is no such page. */
export function form(gateways: Gateways, path: string, fields: URLSearchParams): Answer | undefined {
	if (path !== '/reply' && path !== '/address') return undefined;
	const simulator = find(gateways, fields);
	if (simulator === undefined) return problem('There is no such gateway.');
	const body =
		path === '/reply'
			? replyPage(simulator, fields.get('from') ?? '', fields.get('to') ?? '')
			: addressPage(simulator);
	return { status: 200, body };
}

async function perform(simulator: Simulator, path: string, fields: URLSearchParams): Promise<Answer> {
	const field = (name: string): string => fields.get(name) ?? '';
	if (path === '/report') {
		const state = DELIVERY_STATES.find((one) => one === field('state'));
		if (state === undefined) return problem('There is no such state.');
		await simulator.report(field('id'), state, { ...PATIENCE, to: field('to') });
		return done(simulator);
	}
	if (path === '/reply') {
		if (field('text').trim() === '') return problem('The reply has no text.');
		// A form has CR LF for a line break, a phone has LF.
		const text = field('text').replace(/\r\n/g, '\n');
		await simulator.receive({ from: field('from'), to: field('to'), text }, PATIENCE);
		return done(simulator);
	}
	const url = field('url').trim();
	if (url !== '' && !isLoopback(url)) {
		return problem(
			'The simulated gateways call this computer only: the address must start with http://127.0.0.1 or http://localhost.',
		);
	}
	simulator.callTo(url, {
		method: field('method') === 'GET' ? 'GET' : 'POST',
		...(fields.has('secret') ? { secret: field('secret') } : {}),
	});
	if (url === '') {
		simulator.callbacks.reportUrls.length = 0;
		simulator.callbacks.incomingUrls.length = 0;
	}
	return done(simulator);
}

/** What the buttons do. Undefined: there is no such action. */
export async function act(
	gateways: Gateways,
	path: string,
	fields: URLSearchParams,
): Promise<Answer | undefined> {
	if (!['/report', '/reply', '/address'].includes(path)) return undefined;
	const simulator = find(gateways, fields);
	if (simulator === undefined) return problem('There is no such gateway.');
	try {
		return await perform(simulator, path, fields);
	} catch (error) {
		// The simulators say what is wrong in a sentence: "AlphaSMS has no message 1".
		return problem(error instanceof Error ? error.message : String(error));
	}
}

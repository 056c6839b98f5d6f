/** What a person reads when a request brought no readable reply: of a text, and of a question. */
import type { GatewayReply } from '../../../../nodes/shared/contract/request';
import { saying } from '../../../../nodes/shared/requests/failures';
import { queryFailureOf, stopped } from '../../../../nodes/shared/requests/queryFailures';
import { retryAfterMs } from '../../../../nodes/shared/requests/retryAfter';
import {
	heldBack,
	notStarted,
	outcomeOfFault,
	outcomeOfStatus,
} from '../../../../nodes/shared/requests/textFailures';
import type { TransportFault } from '../../../../nodes/shared/requests/transportFault';
import { readFault } from '../../../../nodes/shared/requests/transportFault';
import { reply } from '../../../support/messages';

const about = ['Acme', 'https://acme.example'] as const;
const ofText = (answer: GatewayReply | TransportFault) =>
	'status' in answer ? outcomeOfStatus(answer, ...about) : outcomeOfFault(answer, ...about);
const ofQuestion = (answer: GatewayReply | TransportFault) => queryFailureOf(answer, ...about);

const page = (status: number) => reply('<html>Welcome</html>', status);
const sentence = (status: number) => reply({ message: 'Sender name is not approved' }, status);
const fault = (kind: TransportFault['kind'], code: string | null = null): TransportFault => ({
	kind,
	code,
	detail: 'the connection was lost',
});

interface Told {
	readonly kind: string;
	readonly retry: string;
	readonly says: RegExp;
	readonly fatal?: boolean;
}

describe('of a text that cannot have gone out', () => {
	it.each<[string, GatewayReply | TransportFault, Told]>([
		[
			'nobody is there',
			fault('unreachable', 'ECONNREFUSED'),
			{
				kind: 'temporary',
				retry: 'later',
				says: /^Acme could not be reached at https:\/\/acme\.example: the connection was lost/,
				fatal: true,
			},
		],
		[
			'a refused key',
			page(401),
			{
				kind: 'authentication',
				retry: 'after_fix',
				says: /^Acme at \S+ refused the credential \(HTTP 401\)\. Nothing was sent\.$/,
				fatal: true,
			},
		],
		[
			'a refused key, in words',
			sentence(403),
			{
				kind: 'authentication',
				retry: 'after_fix',
				says: /\(HTTP 403\).* Acme says: "Sender name is not approved"$/,
				fatal: true,
			},
		],
		[
			'too many requests',
			sentence(429),
			{
				kind: 'rate_limited',
				retry: 'later',
				says: /too many requests \(HTTP 429\).* Acme says: "Sender name is not approved"$/,
			},
		],
		[
			'another address',
			page(301),
			{
				kind: 'invalid_parameter',
				retry: 'after_fix',
				says: /points to another address \(HTTP 301\)/,
				fatal: true,
			},
		],
		[
			'a refusal in words',
			sentence(400),
			{
				kind: 'invalid_parameter',
				retry: 'after_fix',
				says: /^Acme refused this text \(HTTP 400\): "Sender name is not approved"\. It was not sent\.$/,
			},
		],
		[
			'no such page',
			page(404),
			{
				kind: 'invalid_parameter',
				retry: 'after_fix',
				says: /does not answer like Acme \(HTTP 404\)/,
				fatal: true,
			},
		],
	])('%s', (_, answer, { kind, retry, says, fatal }) => {
		const outcome = ofText(answer);
		expect(outcome).toMatchObject({ accepted: false, origin: 'gateway', kind, retry });
		expect(outcome.message).toMatch(says);
		expect(outcome).toMatchObject({ hint: expect.stringMatching(/\.$/) });
		expect('fatal' in outcome && outcome.fatal).toBe(fatal === true);
	});

	it('says nothing of what it does not know', () => {
		expect(ofText(page(401))).not.toHaveProperty('retryable');
		expect(ofText(page(429))).not.toHaveProperty('fatal');
		expect(ofQuestion(page(401))).not.toHaveProperty('retryable');
	});
});

describe('of a text that may have gone out', () => {
	it.each<[string, GatewayReply | TransportFault, RegExp]>([
		['no answer', fault('lost', 'ECONNRESET'), /^Acme at \S+ did not reply: the connection was lost\.$/],
		['a run that was stopped', fault('cancelled'), /^The run was stopped while waiting for Acme/],
		['a request that took too long', page(408), /^Acme gave up waiting for the request \(HTTP 408\)/],
		['a server that broke down', page(503), /did not complete the request \(HTTP 503\)/],
		['an answer from elsewhere', page(303), /did not complete the request \(HTTP 303\)/],
		['an answer that nobody can read', page(200), /returned an unrecognized response/],
	])('%s', (_, answer, says) => {
		const outcome = ofText(answer);
		expect(outcome).toMatchObject({ accepted: null, kind: 'unknown', retry: 'check_first' });
		expect(outcome.message).toMatch(says);
	});

	it('of what moves on, HTTP 300 is the first', () => {
		expect(ofText(page(300)).message).toMatch(/did not complete the request \(HTTP 300\)/);
		expect(ofText(page(299)).message).toMatch(/unrecognized response/);
	});
});

describe('of a question', () => {
	it.each<[string, GatewayReply | TransportFault, Told]>([
		[
			'nobody is there',
			fault('unreachable', 'ECONNREFUSED'),
			{
				kind: 'temporary',
				retry: 'later',
				says: /^Acme could not be reached at https:\/\/acme\.example: the connection was lost\.$/,
				fatal: true,
			},
		],
		[
			'no answer',
			fault('lost'),
			{ kind: 'temporary', retry: 'later', says: /did not reply: the connection was lost\.$/ },
		],
		[
			'a run that was stopped',
			fault('cancelled'),
			{ kind: 'temporary', retry: 'later', says: /^The run was stopped before Acme replied\.$/ },
		],
		[
			'a refused key',
			sentence(401),
			{
				kind: 'authentication',
				retry: 'after_fix',
				says: /refused the credential \(HTTP 401\)\. Acme says: "Sender name is not approved"$/,
				fatal: true,
			},
		],
		[
			'too many requests',
			page(429),
			{ kind: 'rate_limited', retry: 'later', says: /too many requests \(HTTP 429\)\.$/ },
		],
		[
			'a server that broke down',
			sentence(500),
			{
				kind: 'temporary',
				retry: 'later',
				says: /is temporarily unavailable \(HTTP 500\)\. Acme says: "Sender name is not approved"$/,
			},
		],
		[
			'a refusal in words',
			sentence(422),
			{
				kind: 'invalid_parameter',
				retry: 'after_fix',
				says: /^Acme refused this request \(HTTP 422\): "Sender name is not approved"\.$/,
			},
		],
		[
			'a refusal in words, of a request that took too long',
			sentence(408),
			{ kind: 'invalid_parameter', retry: 'after_fix', says: /^Acme refused this request \(HTTP 408\)/ },
		],
		[
			'a request that took too long',
			page(408),
			{
				kind: 'unknown',
				retry: 'after_fix',
				says: /^https:\/\/acme\.example does not answer like Acme \(HTTP 408\)\.$/,
			},
		],
		[
			'another address',
			page(301),
			{ kind: 'unknown', retry: 'after_fix', says: /does not answer like Acme \(HTTP 301\)\.$/ },
		],
		[
			'an answer from elsewhere',
			page(302),
			{ kind: 'unknown', retry: 'after_fix', says: /does not answer like Acme \(HTTP 302\)\.$/ },
		],
		// Another of the gateway's pages may be there: this stops no run.
		[
			'no such page',
			page(404),
			{ kind: 'unknown', retry: 'after_fix', says: /does not answer like Acme \(HTTP 404\)\.$/ },
		],
		[
			'an answer that nobody can read',
			page(200),
			{ kind: 'unknown', retry: 'after_fix', says: /does not answer like Acme\.$/ },
		],
	])('%s', (_, answer, { kind, retry, says, fatal }) => {
		const failure = ofQuestion(answer);
		expect(failure).toMatchObject({ kind, retry, hint: expect.stringMatching(/\.$/) });
		expect(failure.message).toMatch(says);
		expect(failure.fatal === true).toBe(fatal === true);
	});

	it('that was stopped has no code', () => {
		expect(stopped('Acme')).toMatchObject({ kind: 'temporary', code: null, retry: 'later' });
	});
});

it("a sentence of any web server is not the gateway's, and its own is, on a page that is not there", () => {
	expect(ofText(reply({ message: 'Page not found' }, 404))).toMatchObject({ fatal: true });
	expect(ofText(reply({ message: 'This sender does not exist' }, 404)).message).toMatch(
		/^Acme refused this text/,
	);
});

it('what the gateway says stands behind our own words, and nothing where it says nothing', () => {
	expect(saying('Acme', 'No money')).toBe(' Acme says: "No money"');
	expect(saying('Acme', null)).toBe('');
});

it('a text that was not sent for the sake of others says so', () => {
	expect(notStarted()).toMatchObject({
		accepted: false,
		origin: 'gateway',
		kind: 'temporary',
		code: null,
		retry: 'later',
	});
	const first = ofText(page(401));
	if (first.accepted !== false) throw new Error('a refused key refuses');
	expect(heldBack(first)).toMatchObject({
		accepted: false,
		origin: 'gateway',
		kind: 'authentication',
		code: 'HTTP 401',
		retry: 'after_fix',
		message: expect.stringContaining(first.message),
	});
	// Otherwise each would stop the run again.
	expect(heldBack(first)).not.toHaveProperty('fatal');
});

describe('Retry-After', () => {
	const NOW = Date.UTC(2030, 0, 1);
	it.each([
		['30', 30_000],
		[' 30 ', 30_000],
		['0', 0],
		['Tue, 01 Jan 2030 00:01:00 GMT', 60_000],
		['Mon, 31 Dec 2029 23:59:00 GMT', 0],
		['soon', null],
		['30 s', null],
		['in 30', null],
		['', null],
	])('%j is %s milliseconds', (value, expected) => {
		expect(retryAfterMs({ 'retry-after': value }, NOW)).toBe(expected);
	});

	it('may be missing', () => {
		expect(retryAfterMs({}, NOW)).toBeNull();
	});
});

describe("n8n's errors", () => {
	const wrapped = (depth: number): object => {
		let error: object = { code: 'ECONNREFUSED' };
		for (let n = 0; n < depth; n++) error = { message: 'around', cause: error };
		return error;
	};

	it('are looked into six deep, and no deeper: they may hold themselves', () => {
		expect(readFault(wrapped(5))).toMatchObject({ kind: 'unreachable', code: 'ECONNREFUSED' });
		expect(readFault(wrapped(6))).toMatchObject({ kind: 'lost', code: null });
		const round: { cause?: object } = {};
		round.cause = round;
		expect(readFault(round)).toMatchObject({ kind: 'lost' });
	});

	const unreachable = (code: string | null, detail: string) => ({ kind: 'unreachable', code, detail });
	const lost = (code: string | null, detail: string) => ({ kind: 'lost', code, detail });

	/** n8n 1.123 keeps Node's code as `httpCode` and Node's words in `messages`. */
	it.each([
		[{ httpCode: 'ECONNREFUSED' }, unreachable('ECONNREFUSED', 'nothing answers at this address')],
		[
			{ httpCode: 'ECONNABORTED', messages: ['timeout of 400ms exceeded'] },
			lost('ECONNABORTED', 'the request timed out'),
		],
		[{ code: 'ETIMEDOUT' }, lost('ETIMEDOUT', 'the request timed out')],
		[{ code: 'ECONNRESET' }, lost('ECONNRESET', 'the connection was lost')],
		// An HTTP status is no code of Node's, and neither is what only looks a little like one.
		[{ httpCode: '500' }, lost(null, 'the connection was lost')],
		[{ httpCode: 'x ECONNREFUSED' }, lost(null, 'the connection was lost')],
		[{ httpCode: 'ECONNREFUSED x' }, lost(null, 'the connection was lost')],
		[{ httpCode: 5 }, lost(null, 'the connection was lost')],
		[{ code: 'ECONNABORTED', cause: { code: 'ECONNRESET' } }, lost('ECONNABORTED', 'the request timed out')],
		[{ cause: { code: 'ECONNABORTED' } }, lost('ECONNABORTED', 'the request timed out')],
		[{ code: 'X', syscall: 'getaddrinfo' }, unreachable('X', 'no connection could be made')],
		[{ code: 'ECONNRESET', syscall: 'connect' }, unreachable('ECONNRESET', 'no connection could be made')],
		[{ code: 'ECONNRESET', syscall: 'read' }, lost('ECONNRESET', 'the connection was lost')],
		[{ messages: ['x', 'getaddrinfo EBUSY host'] }, unreachable(null, 'no connection could be made')],
		// Words that stand apart do not become one another's.
		[{ messages: ['could not connect', 'EARLY'] }, lost(null, 'the connection was lost')],
		[
			{ messages: ['x', { toString: (): string => 'connect ECONNREFUSED' }] },
			lost(null, 'the connection was lost'),
		],
		[{ messages: 'connect ECONNREFUSED' }, lost(null, 'the connection was lost')],
		[{ message: ['connect ECONNREFUSED'] }, lost(null, 'the connection was lost')],
		[
			{ message: 'Client network socket disconnected before secure TLS connection was established' },
			unreachable(null, 'no secure connection could be established'),
		],
		[{ code: 'ERR_CANCELED' }, { kind: 'cancelled', code: 'ERR_CANCELED', detail: 'the run was stopped' }],
	])('%j', (error, fault) => {
		expect(readFault(error)).toEqual(fault);
	});

	it("tell of n8n's SSRF protection: the request never left", () => {
		const error = new Error('The request was blocked because it resolves to a restricted IP address');
		expect(readFault(error)).toEqual({
			kind: 'unreachable',
			code: null,
			detail: "n8n's SSRF protection blocks this address",
		});
	});
});

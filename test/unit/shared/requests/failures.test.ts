/** Why there is no readable reply: classified once, told in two ways that agree on what may be repeated. */
import { failureOfFault, failureOfStatus } from '../../../../nodes/shared/requests/failures';
import { queryFailureOf } from '../../../../nodes/shared/requests/queryFailures';
import { outcomeOfFault, outcomeOfStatus } from '../../../../nodes/shared/requests/textFailures';
import { reply } from '../../../support/messages';

const page = '<html></html>';
const sentence = { message: 'Sender name is not approved' };
const about = ['X', 'https://example.com'] as const;

it.each([
	[401, page, 'unauthorized', false, undefined, true],
	[403, page, 'unauthorized', false, undefined, true],
	[429, page, 'rateLimited', false, true, undefined],
	[301, page, 'moved', false, undefined, true],
	[308, page, 'moved', false, undefined, true],
	[302, page, 'redirected', true, undefined, undefined],
	[303, page, 'redirected', true, undefined, undefined],
	[408, page, 'requestTimeout', true, undefined, undefined],
	[400, page, 'wrongAddress', false, undefined, false],
	[404, page, 'wrongAddress', false, undefined, true],
	[405, page, 'wrongAddress', false, undefined, true],
	[404, sentence, 'refused', false, undefined, undefined],
	[422, sentence, 'refused', false, undefined, undefined],
	[500, page, 'unavailable', true, true, undefined],
	[503, sentence, 'unavailable', true, true, undefined],
	[200, page, 'unrecognized', true, undefined, undefined],
	[0, page, 'unrecognized', true, undefined, undefined],
])('HTTP %d with %j is "%s"', (status, body, kind, mayHaveActed, isRetryable, isFatal) => {
	const answer = reply(body, status);
	const failure = failureOfStatus(answer);
	expect([failure.kind, failure.mayHaveActed]).toEqual([kind, mayHaveActed]);
	expect([failure.isRetryable, failure.isFatal]).toEqual([isRetryable, isFatal]);
	expect(failure.code).toBe(status === 200 ? null : `HTTP ${status}`);

	const outcome = outcomeOfStatus(answer, ...about);
	expect(outcome.accepted).toBe(mayHaveActed ? null : false);
	// A text that may have gone out is never repeated; a query may be.
	expect('retryable' in outcome && outcome.retryable === true).toBe(!mayHaveActed && isRetryable === true);
	expect(queryFailureOf(answer, ...about).retryable === true).toBe(isRetryable === true);
});

it.each([
	['unreachable', 'ECONNREFUSED', false, true],
	['unreachable', 'ERR_INVALID_URL', false, false],
	['lost', 'ECONNRESET', true, true],
	['cancelled', 'ERR_CANCELED', true, false],
] as const)('a fault: %s, %s', (kind, code, mayHaveActed, isRetryable) => {
	const fault = { kind, code, detail: 'a detail' };
	expect(failureOfFault(fault)).toMatchObject({ kind, code, mayHaveActed });
	const outcome = outcomeOfFault(fault, ...about);
	expect(outcome.accepted).toBe(mayHaveActed ? null : false);
	expect('retryable' in outcome && outcome.retryable === true).toBe(!mayHaveActed && isRetryable);
	expect(queryFailureOf(fault, ...about).retryable === true).toBe(isRetryable);
});

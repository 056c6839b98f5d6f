/** What the Test button of SMS.RU's credential makes of answers. */
import { SmsRuApi } from '../../../credentials/SmsRuApi.credentials';
import { verdictOf } from '../../support/credentialRules';

const KEY = /does not accept this API ID, login or password/;
const HOST = /does not answer like SMS\.RU/;
const error = (status_code: unknown, status_text = 'Текст') => ({
	status: 'ERROR',
	status_code,
	status_text,
});

it.each<[string, number, unknown, RegExp | null]>([
	['right', 200, { status: 'OK', status_code: 100 }, null],
	['right, its code as text', 200, { status: 'OK', status_code: '100' }, null],
	['a wrong API ID', 200, error(200), KEY],
	['a wrong API ID, its code as text', 200, error('200'), KEY],
	['an expired token', 200, error(300), KEY],
	['a wrong password', 200, error(301), KEY],
	['a wrong password, with HTTP 401', 401, error(301), KEY],
	['an account that is not confirmed', 200, error(302), /has not been confirmed/],
	['the same as text', 200, error('302'), /has not been confirmed/],
	['out of order', 200, error(220), /temporarily unavailable/],
	['broken', 500, error('500'), /temporarily unavailable/],
	['a path that SMS.RU does not know', 200, error(211), HOST],
	['any other code', 200, error(305), /answered this test with an error/],
	['HTML', 200, '<html></html>', HOST],
	['HTML of a proxy', 502, '<html></html>', HOST],
	['nothing', 200, '', HOST],
	['an empty object', 200, {}, HOST],
	["SMSC's error", 200, { error: 'authorise error', error_code: 2 }, HOST],
	["another vendor's error", 200, { status: 'ERROR', message: 'no' }, HOST],
	["another vendor's success", 200, { status_code: 100 }, HOST],
	['a redirect', 302, '', HOST],
])('%s (%d)', (_, status, body, sentence) => {
	const verdict = verdictOf(new SmsRuApi().test, status, body);
	if (sentence === null) expect(verdict).toBeNull();
	else expect(verdict).toMatch(sentence);
});

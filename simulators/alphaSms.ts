import { randomBytes, randomInt } from 'node:crypto';

import type { Account } from './alphaSms/account';
import { caller, stateOf } from './alphaSms/callbacks';
import { answerJson, couldSendJson } from './alphaSms/json';
import { answerText, couldSend, type Layout } from './alphaSms/text';
import type { GatewaySimulation } from './simulator';

export interface AlphaSmsOptions {
	/**
	 * The page prints `id:84523377 sms_count:1`, recorded traffic has one pair per line. Default: in turns, the one line
	 * first.
	 */
	readonly layout?: Layout;
	/** The page's table of a status has no `code`, its sample has one. Default: there is one. */
	readonly statusHasCode?: boolean;
	/** Whether the site has /api/json.php at all: the older brands on this software are known by /api/http.php alone. */
	readonly hasJson?: boolean;
}

/**
 * AlphaSMS, from the vendor's "Send SMS" page (HTTP), its other HTTP and JSON pages, and recorded traffic.
 *
 * An order for a recipient is the sentence after `errors:`, unless it is a status code (5, 95, 99 …): then the text is
 * accepted and comes to that status.
 */
export function createAlphaSms(options: AlphaSmsOptions = {}): GatewaySimulation {
	const account: Account = {
		apiKey: randomBytes(20).toString('hex'),
		login: `38050${randomInt(1_000_000, 9_999_999)}`,
		password: randomBytes(9).toString('hex'),
	};
	const hasJson = options.hasJson ?? true;
	return {
		gateway: 'alphaSms',
		displayName: 'AlphaSMS',
		credentials: {
			authentication: 'apiKey',
			apiKey: account.apiKey,
			login: account.login,
			password: account.password,
		},
		secrets: [account.apiKey, account.password],
		basePath: '',
		// Ten thousand texts of one part, and the 31.1683 of the page's sample.
		startingBalance: 12_031.1683,
		sends: (request) =>
			(request.path === '/api/http.php' && couldSend(request)) ||
			(request.path === '/api/json.php' && hasJson && couldSendJson(request)),
		handle: (request, world) => {
			if (request.path === '/api/http.php') {
				return answerText(request, account, world, {
					layout: options.layout ?? null,
					statusHasCode: options.statusHasCode ?? true,
				});
			}
			if (request.path === '/api/json.php' && hasJson) return answerJson(request, account, world);
			return {
				status: 404,
				headers: { 'content-type': 'text/html; charset=utf-8' },
				body: '<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>',
			};
		},
		stateOf,
		caller,
	};
}

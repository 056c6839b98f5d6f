/**
 * Get Status for many thousands of rows: as few requests as the gateway allows, no more of them at once than it takes, and
 * each message once. What reading the replies costs is in growth.test.ts.
 */
import { GATEWAY_IDS, gateways } from '../../../../nodes/SendSms/gateways';
import type { QueryFailure } from '../../../../nodes/shared/contract/outcome';
import type { JsonRecord } from '../../../../nodes/shared/contract/request';
import type { Query } from '../../../../nodes/shared/operations/queries';
import { newQuery } from '../../../../nodes/shared/operations/queries';
import { makeRequests } from '../../../../nodes/shared/operations/requests';
import { RequestLoop } from '../../../../nodes/shared/requests/loop';
import { reply } from '../../../support/messages';
import { virtualTime } from '../../../support/virtualTime';

const ROWS = 20_000;
/** What a gateway takes to answer, in milliseconds. */
const ANSWERS_IN = 100;

const asked = GATEWAY_IDS.flatMap((id) => {
	const gateway = gateways[id];
	const operation = gateway.operations.find(({ operation: name }) => name === 'getStatus');
	return operation === undefined ? [] : [[id, gateway, operation] as const];
});

it('is there to be asked', () => {
	expect(asked.map(([id]) => id)).toEqual(['smsc', 'smsRu', 'alphaSms', 'advantaSms']);
});

it.each(asked)('%s', async (_, gateway, operation) => {
	const { clock, pass } = virtualTime();
	let underWay = 0;
	let most = 0;
	const starts: number[] = [];
	const seen: JsonRecord[] = [];
	const counted = {
		...operation,
		read: (_reply: unknown, parameters: readonly JsonRecord[]) => {
			seen.push(...parameters);
			return parameters.map(() => ({ rows: [{ status: 'delivered' }] }));
		},
	};
	const loop = new RequestLoop<QueryFailure>({
		async transport() {
			starts.push(clock.now());
			most = Math.max(most, ++underWay);
			await clock.sleep(ANSWERS_IN);
			underWay--;
			return reply('{}');
		},
		requestsInFlight: gateway.requestsInFlight,
		requestsPerSecond: gateway.requestsPerSecond,
		requestsPerMinute: operation.requestsPerMinute,
		isCancelled: () => false,
		clock,
	});
	const queries: Query[] = Array.from({ length: ROWS }, (_row, n) =>
		newQuery({ messageId: String(1_000_000 + n), to: `+7916${1_000_000 + n}` }),
	);
	await pass(
		makeRequests({ gateway, operation: counted, limit: null, address: 'https://example.com', loop }, queries),
	);
	expect(queries.every(({ result }) => result !== null && 'rows' in result)).toBe(true);
	expect(new Set(seen).size).toBe(ROWS);
	expect(seen).toHaveLength(ROWS);
	const requests = Math.ceil(ROWS / operation.perRequest);
	expect(starts).toHaveLength(requests);
	expect(most).toBe(gateway.requestsInFlight);
	// As fast as so many at once can be, and no slower.
	expect(clock.now()).toBe((requests / gateway.requestsInFlight) * ANSWERS_IN);
});

/** Advanta's unclear answers in n8n's engine: Retry On Fail runs a node again, and nobody may be texted twice by it. */
import { createAdvantaSms } from '../../../simulators/advantaSms';
import type { Simulator } from '../../../simulators/simulator';
import { runNode } from '../../support/engine';
import { simulate } from '../../support/simulated';

let advanta: Simulator;
simulate(createAdvantaSms, (started) => (advanta = started));

it.each(['1005', '1007', '1008', '4090'])('%s is asked once, however many tries n8n makes', async (code) => {
	advanta.orders.requestCode = code;
	const { error } = await runNode({
		node: 'advantaSms',
		credentials: { advantaSmsApi: advanta.credentials },
		rows: [{}],
		parameters: { to: '+254712345678', message: 'Hello' },
		maxTries: 3,
	});
	expect(error).not.toBeNull();
	expect(advanta.requests).toHaveLength(1);
});

it('rows with a time of their own go by sendsms, each at its time', async () => {
	const rows = [1, 2, 3].map((n) => ({
		to: `+25471200000${n}`,
		at: String(4_102_444_800 + n),
		name: `Person ${n}`,
	}));
	const { success } = await runNode({
		node: 'advantaSms',
		credentials: { advantaSmsApi: advanta.credentials },
		rows,
		parameters: {
			to: '={{ $json.to }}',
			message: '=Hello {{ $json.name }}',
			options: { sendAt: '={{ $json.at }}' },
		},
	});
	expect(success.map(({ json }) => json.status)).toEqual(['scheduled', 'scheduled', 'scheduled']);
	expect(advanta.requests.map(({ url }) => url)).toEqual(Array(3).fill('/api/services/sendsms'));
	expect(
		advanta.texts.map(({ to, scheduledFor }) => [`+${to}`, Date.parse(scheduledFor ?? '') / 1000]).sort(),
	).toEqual(rows.map(({ to, at }) => [to, Number(at)]));
});

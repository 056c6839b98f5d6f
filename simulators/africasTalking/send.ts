import { createHash } from 'node:crypto';

import { countParts } from '../parts';
import type { SimulatedReply, SimulatedRequest, World } from '../simulator';
import { DEFAULT_SENDER, money, PRICES, rounded, notifiedIn, type Account } from './account';
import { isAccepted, STATUS_WORDS, wordFor } from './codes';
import { data } from './replies';
import type { Order } from './request';

interface Outcome {
	readonly row: { readonly [name: string]: string | number };
	/** Zero when it was refused. */
	readonly parts: number;
	readonly charged: number;
}

/** `number` as the request has it: nothing says that the gateway rewrites it. */
const refused = (number: string, code: string): Outcome => ({
	// Recorded traffic, down to the order of the keys.
	row: {
		cost: '0',
		messageId: 'None',
		number,
		status: wordFor(code),
		statusCode: Number(code),
	},
	parts: 0,
	charged: 0,
});

const messageId = (world: World): string =>
	`ATXid_${createHash('sha256').update(`text ${world.nextNumber()}`).digest('hex').slice(0, 32)}`;

/**
 * "In international format", with its plus: the vendor's own clients send nothing else, and its Python client refuses to.
 */
const isNumber = (number: string): boolean => /^\+[1-9]\d{6,14}$/.test(number);

/** An order for a number: the code of its row; "500!" says so and sends the text all the same. */
function readOrder(order: string | undefined): {
	readonly code: string | null;
	readonly sendsAnyway: boolean;
} {
	if (order === undefined) return { code: null, sendsAnyway: false };
	const code = order.replace(/!$/, '');
	return { code, sendsAnyway: isAccepted(code) || order.endsWith('!') };
}

function sendOne(number: string, sender: string, order: Order, account: Account, world: World): Outcome {
	if (!isNumber(number)) return refused(number, '403');
	const digits = number.slice(1);
	const { code, sendsAnyway } = readOrder(world.orders.recipientCodes.get(digits));
	if (code !== null && !sendsAnyway) return refused(number, code);

	const notified = notifiedIn(world);
	const notice = notified.has(digits) ? '' : account.optOutNotice;
	const parts = countParts(order.message + notice);
	const charged = rounded(parts * PRICES[account.currency]);
	if (charged > world.balance) return refused(number, '405');

	notified.add(digits);
	world.balance = rounded(world.balance - charged);
	const id = messageId(world);
	world.accept({
		to: digits,
		from: sender,
		text: order.message,
		messageId: id,
		parts,
		scheduledFor: null,
		options: order.options,
	});
	// Recorded traffic: 102 when it is queued, 101 with enqueue=0.
	const said = code ?? (order.enqueue ? '102' : '101');
	if (!isAccepted(said)) return { ...refused(number, said), parts, charged };
	const cost = money('KES', rounded(parts * PRICES.KES));
	const counted = account.parts === 'recipient' ? { messageParts: parts } : {};
	return {
		row: { cost, messageId: id, ...counted, number, status: wordFor(said), statusCode: Number(said) },
		parts,
		charged,
	};
}

function summaryOf(outcomes: readonly Outcome[], { currency, parts }: Account): string {
	const sent = outcomes.filter(({ row }) => row['messageId'] !== 'None');
	// Recorded traffic: "Sent to 0/2 Total Cost: 0".
	if (sent.length === 0) return `Sent to 0/${outcomes.length} Total Cost: 0`;
	const total = rounded(sent.reduce((sum, { charged }) => sum + charged, 0));
	const counted = parts === 'message' ? ` Message parts: ${sent[0]?.parts ?? 1}` : '';
	return `Sent to ${sent.length}/${outcomes.length} Total Cost: ${money(currency, total)}${counted}`;
}

/** Recorded traffic: HTTP 201, the reason in `Message`, and nobody in the list. */
export const refuseAll = (request: SimulatedRequest, reason: string): SimulatedReply =>
	data(request, 201, { SMSMessageData: { Message: STATUS_WORDS[reason] ?? reason, Recipients: [] } });

export function send(
	request: SimulatedRequest,
	order: Order,
	needsSender: boolean,
	account: Account,
	world: World,
): SimulatedReply {
	// The bulk page calls senderId "Required"; what becomes of a request without it is not published.
	if (order.sender === null && needsSender) return refuseAll(request, '402');
	const sender = order.sender ?? DEFAULT_SENDER;
	if (order.sender !== null && !account.senders.includes(sender)) return refuseAll(request, '402');

	const numbers = account.duplicates === 'collapse' ? [...new Set(order.numbers)] : order.numbers;
	const outcomes = numbers.map((number) => sendOne(number, sender, order, account, world));
	// The notifications page on DoNotDisturbRejection: "the API will return an HTTP 409 status code"; its sample has one row.
	const isDisturbance = outcomes.every(({ row }) => row['statusCode'] === 409);
	return data(request, isDisturbance ? 409 : 201, {
		SMSMessageData: {
			Message: summaryOf(outcomes, account),
			Recipients: outcomes.map(({ row }) => row),
		},
	});
}

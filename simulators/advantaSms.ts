import { randomBytes, randomInt } from 'node:crypto';

import { createCaller, currentOf, stateOf } from './advantaSms/callbacks';
import { descriptionOf, DETAILS, NO_DLR } from './advantaSms/codes';
import {
	couldSend,
	endpointOf,
	isFields,
	localTime,
	readFields,
	readJson,
	textOf,
	type Endpoint,
	type Fields,
} from './advantaSms/request';
import {
	LIST_LIMIT,
	messagesOf,
	readContent,
	refuseCredentials,
	sendOne,
	type Account,
	type Outcome,
} from './advantaSms/send';
import type { GatewaySimulation, SimulatedReply, SimulatedRequest, World } from './simulator';

export interface AdvantaSmsOptions {
	/**
	 * How rows of a reply spell the code. Advanta's pages have `response-code`; TextSMS, Celcom and Sunface, on the same
	 * software, have `respose-code`; a client of Advanta has seen both in one row. Replies that are one object have
	 * `response-code` everywhere.
	 */
	readonly codeKey?: 'response-code' | 'respose-code' | 'both';
	/** How rows spell the id: `messageid` on every page (default); sister platforms are known to differ. */
	readonly idKey?: 'messageid' | 'messageID' | 'message-id';
	/**
	 * Whose credentials and short code count in a sendbulk request. Advanta: "Any mismatch will default to using credentials in
	 * the first object" ('first', the default with `response-code`). TextSMS' page shows a row refused for its own ('each').
	 */
	readonly bulkCredentials?: 'first' | 'each';
	/**
	 * The pages document `timeToSend` for sendsms alone, so sendbulk sends at once ('ignored', the default); one public client
	 * relies on the other reading.
	 */
	readonly bulkTimeToSend?: 'ignored' | 'honoured';
	/**
	 * Refusals of a request carry `errors: {field: {rule: text}}` beside the code, as the client of
	 * https://github.com/IamFaizanKhalid/goadvanta reads them. Default: no.
	 */
	readonly errorDetails?: boolean;
	/** Recorded traffic has codes as numbers and as numeric strings. Default: numbers. */
	readonly codeAsString?: boolean;
	/** Rows of a sendbulk request: 1000 at Advanta (default), 20 at TextSMS and Sunface. */
	readonly bulkLimit?: number;
	/** Some of the brands send 401 together with 1006. Default: 200. */
	readonly unauthorizedStatus?: 200 | 401;
}

type Reply = Readonly<Record<string, unknown>>;

class Advanta {
	constructor(
		private readonly account: Account,
		private readonly options: AdvantaSmsOptions,
	) {}

	answer(request: SimulatedRequest, world: World): SimulatedReply {
		const endpoint = endpointOf(request);
		if (endpoint === null) {
			const headers = { 'content-type': 'text/html; charset=utf-8' };
			return { status: 404, headers, body: '<!DOCTYPE html><title>Not Found</title><h1>404 Not Found</h1>' };
		}
		const { requestCode } = world.orders;
		if (requestCode !== null) return this.fail(Number(requestCode));
		if (endpoint === 'sendbulk') return this.sendBulk(request, world);

		const read = readFields(request);
		if ('code' in read) return this.fail(read.code);
		const refusal = refuseCredentials(read.fields, this.account);
		if (refusal !== null) return this.fail(refusal);
		switch (endpoint) {
			case 'getdlr':
				return this.getDlr(read.fields, world);
			case 'getbalance':
				return this.reply({
					'response-code': this.code(200),
					credit: world.balance.toFixed(2),
					'partner-id': this.account.partnerId,
				});
			default:
				return this.send(read.fields, endpoint, request.method, world);
		}
	}

	/** sendsms and sendotp: what is wrong with the request refuses it whole, what is wrong with a number is its row's. */
	private send(fields: Fields, endpoint: Endpoint, method: string, world: World): SimulatedReply {
		const read = readContent(fields, this.account);
		if (typeof read === 'number') return this.fail(read);
		// Hashed numbers have a page for sendotp alone.
		const content = { ...read, isHashed: read.isHashed && endpoint === 'sendotp' };
		const list = textOf(fields, 'mobile');
		// "A single number via GET and … one or multiple numbers via POST": a list in a GET is no number.
		const mobiles = method === 'GET' ? [list] : list.split(',');
		if (mobiles.length > LIST_LIMIT) return this.fail(1104);
		const responses = mobiles.map((mobile) => {
			const outcome = sendOne(mobile, content, world);
			// "integer for this API" (sendsms); sendotp and sendbulk have strings.
			const id = endpoint === 'sendsms' ? outcome.id : String(outcome.id);
			return this.row(outcome, mobile, id);
		});
		return this.reply({ responses });
	}

	private sendBulk(request: SimulatedRequest, world: World): SimulatedReply {
		const read = readJson(request);
		if ('code' in read) return this.fail(read.code);
		const list: unknown = read.fields['smslist'];
		if (!Array.isArray(list) || list.length === 0) return this.fail(1009);
		if (list.length > (this.options.bulkLimit ?? 1000)) return this.fail(1012);
		// The pages say that `count` is the number of entries, and have no code for one that is not.
		if (textOf(read.fields, 'count') !== String(list.length)) return this.fail(1009);
		const rows: readonly unknown[] = list;
		const isEach = this.options.codeKey === 'respose-code';
		if ((this.options.bulkCredentials ?? (isEach ? 'each' : 'first')) === 'each') {
			return this.reply({ responses: rows.map((row) => this.bulkRow(row, world)) });
		}
		const [first] = rows;
		const { partnerID, apikey, shortcode }: Fields = isFields(first) ? first : {};
		const shared = { partnerID, apikey, shortcode };
		const refusal = refuseCredentials(shared, this.account);
		if (refusal !== null) return this.fail(refusal);
		return this.reply({
			responses: rows.map((row) => this.bulkRow(isFields(row) ? { ...row, ...shared } : row, world)),
		});
	}

	private bulkRow(asked: unknown, world: World): Reply {
		if (!isFields(asked)) return this.row({ code: 1009, id: null }, '', null);
		const isTimed = this.options.bulkTimeToSend === 'honoured';
		const row: Fields = isTimed ? asked : { ...asked, timeToSend: undefined };
		const mobile = textOf(row, 'mobile');
		const echo =
			row['clientsmsid'] === undefined || row['clientsmsid'] === null
				? {}
				: { clientsmsid: row['clientsmsid'] };
		const failed = (code: number): Reply => ({
			...this.row({ code, id: null }, mobile, null),
			partnerID: textOf(row, 'partnerID'),
			// The page's row with 1006 has null: the account was not found, nor its sender.
			shortcode: code === 1006 ? null : textOf(row, 'shortcode'),
			...echo,
		});
		const refusal = refuseCredentials(row, this.account);
		if (refusal !== null) return failed(refusal);
		const read = readContent(row, this.account);
		if (typeof read === 'number') return failed(read);
		const content = { ...read, isHashed: false };
		const outcome = sendOne(mobile, content, world);
		if (outcome.id === null) return failed(outcome.code);
		const sent = this.row(outcome, mobile, String(outcome.id));
		// Advanta's page on sendbulk quotes the number, its page on sendsms does not.
		const isQuoted = this.options.codeKey !== 'respose-code';
		return { ...sent, ...(isQuoted && 'mobile' in outcome ? { mobile: outcome.mobile } : {}), ...echo };
	}

	/** A refused number comes back as it was sent, and without an id. */
	private row(outcome: Outcome, asSent: string, id: number | string | null): Reply {
		const key = this.options.codeKey ?? 'response-code';
		const names = key === 'both' ? ['respose-code', 'response-code'] : [key];
		const head = {
			...Object.fromEntries(names.map((name) => [name, this.code(outcome.code)])),
			'response-description': descriptionOf(outcome.code),
		};
		if (outcome.id === null) return { ...head, mobile: asSent };
		// The pages of Advanta have the network as a number, those of the others as a string.
		const networkid = key === 'respose-code' ? '1' : 1;
		const idKey = this.options.idKey ?? 'messageid';
		// A hash is no number: it comes back as it was sent.
		const mobile = /^\d+$/.test(outcome.mobile) ? Number(outcome.mobile) : outcome.mobile;
		return { ...head, mobile, [idKey]: id, networkid };
	}

	private getDlr(fields: Fields, world: World): SimulatedReply {
		// `messageID`, and no other spelling of it.
		const id = textOf(fields, 'messageID');
		const message = messagesOf(world).get(id);
		if (message === undefined) return this.fail(1009, NO_DLR, 404);
		const { description, finishedAt, seconds } = currentOf(id, message, world);
		return this.reply({
			'response-code': this.code(200),
			'message-id': id,
			'response-description': 'Success',
			// Recorded traffic: 32 whatever the outcome.
			'delivery-status': 32,
			'delivery-description': description,
			'delivery-tat': finishedAt === null ? null : `${seconds.toFixed(2)} sec`,
			'delivery-networkid': 1,
			'delivery-time': finishedAt === null ? null : localTime(finishedAt),
		});
	}

	private code(code: number): number | string {
		return this.options.codeAsString === true ? String(code) : code;
	}

	private fail(code: number, description = descriptionOf(code), status = 200): SimulatedReply {
		const [field, rule] = (this.options.errorDetails === true ? DETAILS[code] : undefined) ?? [];
		const errors =
			field === undefined || rule === undefined ? {} : { errors: { [field]: { [rule]: description } } };
		return this.reply(
			{ 'response-code': this.code(code), 'response-description': description, ...errors },
			code === 1006 ? (this.options.unauthorizedStatus ?? status) : status,
		);
	}

	private reply(body: Reply, status = 200): SimulatedReply {
		return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
	}
}

/**
 * Advanta SMS and the gateways on the same software, from Advanta's "SEND SMS" page, its other pages, those of TextSMS and
 * Celcom, and recorded traffic.
 *
 * An order for a recipient is a code; one that is no number is the word of the delivery report that the text comes to
 * ("AbsentSubscriber").
 */
export function createAdvantaSms(options: AdvantaSmsOptions = {}): GatewaySimulation {
	const account: Account = {
		apiKey: randomBytes(16).toString('hex'),
		partnerId: String(randomInt(10_000, 99_999)),
		// Both cases in every one of them: the gateway tells them apart.
		shortcode: `Acme_${randomBytes(2).toString('hex')}`,
	};
	const advanta = new Advanta(account, options);
	return {
		gateway: 'advantaSms',
		displayName: 'Advanta SMS',
		credentials: { ...account },
		secrets: [account.apiKey],
		basePath: '',
		// In SMS units: ten thousand, and the 545.00 of the page's sample.
		startingBalance: 10_545,
		sends: couldSend,
		handle: (request, world) => advanta.answer(request, world),
		stateOf,
		caller: createCaller(account),
	};
}

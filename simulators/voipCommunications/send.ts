import { countParts } from '../parts';
import type { SimulatedReply, SimulatedRequest, World } from '../simulator';
import type { Account } from './account';
import { cents, charge } from './charges';
import { countryOf } from './country';
import { readDate } from './date';
import { formOf } from './form';
import { logSent, smsId, wallClock } from './log';
import { fail, json } from './replies';

/** The vendor's sample: "sale": 0.01, here for each part. */
const PRICE_PER_PART = 0.01;

/** The vendor's apps know the sender of bulk messages by this number. */
const BULK_NUMBER = '18772234078';

const SUCCESS = 200;
const FAILED = 'FAILED';
const INVALID_DESTINATION = 400;

/** The vendor publishes no list of codes for a row, nor its sentences. */
const ROW_SENTENCES: Readonly<Record<string, string>> = {
	[SUCCESS]: 'SENT',
	[INVALID_DESTINATION]: 'Invalid destination number',
	'402': 'Not enough balance',
};

interface Order {
	readonly code: number;
	readonly sentence: string;
}

/** An order for a row: its code, and after a blank the sentence when it is another than the code's own. */
function readOrder(order: string): Order {
	const [, code = '', sentence = ''] = /^(\d{1,6})(?:\s+(.+))?$/s.exec(order) ?? [];
	if (code === '') return { code: INVALID_DESTINATION, sentence: order };
	return { code: Number(code), sentence: sentence || (ROW_SENTENCES[code] ?? 'Message could not be sent') };
}

/** One text to one number. */
interface Text {
	readonly number: string;
	/** As the caller gave it; empty for a bulk message. */
	readonly from: string;
	readonly msg: string;
	readonly at: Date;
	readonly isLater: boolean;
	/** `delivery_date` as it came; empty: at once. */
	readonly date: string;
	readonly parts: number;
	readonly order: Order | null;
}

const isSent = ({ order }: Text): boolean =>
	order === null || (order.code === SUCCESS && order.sentence !== FAILED);

const saleOf = ({ parts }: Text): number => cents(parts * PRICE_PER_PART);

const typeOf = ({ from }: Text): string => (from === '' ? 'BULKSMS' : '2WAYSMS');

function orderOf(number: string, world: World): Order | null {
	// Digits with the country code first: no country code begins with 0.
	if (!/^[1-9]\d{6,14}$/.test(number)) return readOrder(String(INVALID_DESTINATION));
	const order = world.orders.recipientCodes.get(number);
	return order === undefined ? null : readOrder(order);
}

/** The texts of a request, or the sentence that refuses it. */
function textsOf(request: SimulatedRequest, account: Account, world: World): readonly Text[] | string {
	const form = formOf(request);
	const field = (name: string): string => form.get(name) ?? '';
	const [from, to, msg, date] = [field('from'), field('to'), field('msg'), field('delivery_date')];
	if (to === '') return 'Parameter to is required';
	if (msg === '') return 'Parameter msg is required';
	if (from !== '' && !account.ownedNumbers.includes(from)) {
		return 'From number does not belong to you or is not SMS enabled';
	}
	const now = world.now();
	const at = date === '' ? now : readDate(date);
	if (at === null) return 'Invalid delivery_date';
	const isLater = at.getTime() > now.getTime();
	const parts = countParts(msg);
	return to
		.split(',')
		.map((number) => ({ number, from, msg, at, isLater, date, parts, order: orderOf(number, world) }));
}

function log(text: Text, id: string, status: string, cost: number, world: World): void {
	logSent(
		{
			sms_id: id,
			sms_inout: 'OUT',
			sms_status: status,
			sms_status_date: wallClock(world.now()),
			sms_type: typeOf(text),
			sms_internal: text.from || BULK_NUMBER,
			sms_external: text.number,
			sms_country: countryOf(text.number),
			sms_sale: String(cost),
			sms_msg: text.msg,
		},
		world,
	);
}

/** Sends a text that its order does not stop, and gives its row of the reply. */
function sendOne(text: Text, account: Account, world: World): Readonly<Record<string, unknown>> {
	const { number, msg, at, isLater, date, parts, order } = text;
	const [from, type, sale] = [text.from || BULK_NUMBER, typeOf(text), saleOf(text)];
	const row = { from, to: number, country: countryOf(number), msg, delivery_date: wallClock(at) };
	if (order !== null && order.code !== SUCCESS) {
		const { code, sentence } = order;
		return { code, code_desc: sentence, ...row, sale: 0, type, status: 'ERROR', smsid: '' };
	}
	const smsid = smsId(world);
	const status = order?.sentence ?? (isLater ? 'SCHEDULED' : account.sentStatus);
	// Code 200 with a word for a failure: the text has its row in the log and its id, and goes nowhere.
	if (status === FAILED) {
		log(text, smsid, status, 0, world);
		return { code: SUCCESS, code_desc: '', ...row, sale: 0, type, status, smsid };
	}
	charge(sale, isLater ? at : null, world);
	world.accept({
		to: number,
		from,
		text: msg,
		messageId: smsid,
		parts,
		scheduledFor: isLater ? at.toISOString() : null,
		options: { type, ...(date === '' ? {} : { delivery_date: date }) },
	});
	log(text, smsid, status, sale, world);
	return { code: SUCCESS, code_desc: '', ...row, sale, type, status, smsid };
}

export function send(request: SimulatedRequest, account: Account, world: World): SimulatedReply {
	const texts = textsOf(request, account, world);
	if (typeof texts === 'string') return fail(texts);
	const due = texts.filter((text) => isSent(text) && !text.isLater).map(saleOf);
	// Nothing is published about money that runs out in the middle of a list: the list is refused as one.
	if (cents(due.reduce((sum, sale) => sum + sale, 0)) > world.balance) return fail('Not enough balance');
	const sendLog = texts.map((text) => sendOne(text, account, world));
	return json(200, account.replyForm === 'array' ? sendLog : { send_log: sendLog });
}

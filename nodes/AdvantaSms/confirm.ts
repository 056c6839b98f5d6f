/**
 * Advanta's reports are not signed: the gateway itself is asked (`getdlr`) whether one is true. What it answers decides:
 *
 * | the gateway says | what happens to the report |
 * | --- | --- |
 * | the same word, or another with the same status | it comes through |
 * | a later or another final status than the report | the gateway's own status comes through |
 * | an earlier status | it is asked once more; then the gateway has to call again |
 * | no report: it lags, or the message is made up | the same |
 * | an undocumented word, other than the report's | the same |
 * | nothing: unreachable, wrong key, an error, not its layout | the gateway has to call again |
 *
 * So no report is believed that the gateway does not know of, and none is acknowledged before that. An ID that
 * cannot be asked about is nobody's.
 */
import { clock } from '../shared/time/clock';
import type { QueryAnswer, MessageQuery } from '../shared/contract/operation';
import { defineOperation, reasonOf } from '../shared/contract/operation';
import { isProgress } from '../shared/contract/status';
import type { GatewayEvent } from '../shared/contract/event';
import { advantaReport, plainWord } from './codes';
import { dlrRequest, readDlr } from './operations/dlr';

/** A report may overtake the gateway's own records by a moment. */
const AGAIN_AFTER_MS = 1000;

/** What the gateway says of a message: its word, as it is. */
export const getWord = defineOperation<MessageQuery>({
	resource: 'message',
	operation: 'confirm',
	name: 'Confirm',
	action: 'Confirm a report',
	description: 'Get the word of a delivery report',
	keys: ['state'],
	queriesIn: () => [],
	build: ([{ messageId }]) => dlrRequest(messageId),
	read(reply) {
		const dlr = readDlr(reply);
		if (dlr === null) return null;
		return [dlr.failure === null ? { rows: [{ state: dlr.word }] } : { failure: dlr.failure }];
	},
});

/**
 * The report as the gateway itself tells it; null when there can be no such message.
 *
 * @param queryWord asks the gateway `getWord`
 * @param word the report's own
 */
export async function confirmedReport(
	queryWord: (query: MessageQuery) => Promise<QueryAnswer>,
	event: GatewayEvent,
	word: string,
): Promise<GatewayEvent | null | 'later'> {
	const messageId = event.messageId ?? '';
	if (!/^[\w.-]{1,64}$/.test(messageId)) return null;
	for (const isLast of [false, true]) {
		const answer = await queryWord({ messageId });
		if ('failure' in answer) return 'later';
		const known = answer.rows[0]?.state;
		const confirmed = typeof known === 'string' ? confirmedBy(event, word, known) : null;
		if (confirmed !== null) return confirmed;
		if (!isLast) await clock.sleep(AGAIN_AFTER_MS);
	}
	return 'later';
}

/** The event as far as the gateway confirms it; null when it does not know of it yet. */
function confirmedBy(event: GatewayEvent, word: string, known: string): GatewayEvent | null {
	if (plainWord(word) !== '' && plainWord(word) === plainWord(known)) return event;
	const [status, reason] = advantaReport(known);
	const reported = event.status ?? 'unknown';
	// Two words that nobody has documented are not the same for that.
	if (status === 'unknown') return null;
	if (status === reported) return event;
	if (isProgress(status, reported)) return null;
	return { ...event, status, error: reason === null ? null : reasonOf(reason, known) };
}

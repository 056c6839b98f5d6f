/**
 * The status words of AlphaSMS's JSON interface.
 *
 * Source: https://docs.alphasms.net/api/json/references/message_statuses
 */
import type { StatusMeaning } from '../shared/contract/codes';
import { codeShape, entryOf } from '../shared/contract/codes';
import { blocked, noRoute, undelivered, unreachable, wrongNumber } from '../shared/contract/codeShapes';

const wrongSender = codeShape('invalid_sender', 'after_fix');

const WORDS: Readonly<Record<string, StatusMeaning>> = {
	QUEUED: ['queued', null],
	ROUTING: ['sending', null],
	ACCEPTED: ['sent', null],
	DELIVERED: ['delivered', null],
	READ: ['read', null],
	REPLIED: ['read', null],
	EXPIRED: [
		'expired',
		unreachable('The phone was not reached in time', 'Send the message again if it still matters.'),
	],
	UNDELIVERABLE: [
		'undelivered',
		undelivered('The message could not be delivered', 'Contact this person another way.'),
	],
	'PARTIALLY DELIVERED': [
		'undelivered',
		unreachable(
			'Only part of the message was delivered, and it was charged',
			'Send it again only if you have to.',
		),
	],
	'SIM FULL': [
		'undelivered',
		unreachable('The SIM card has no room for the message', 'Send it again if it still matters.'),
	],
	REJECTED: ['rejected', undelivered('The operator rejected the message', 'Ask AlphaSMS for the reason.')],
	FILTERED: [
		'rejected',
		blocked('A filter blocked the message', 'Check the text, and the black list in your AlphaSMS account.'),
	],
	'INVALID DESTINATION ADDRESS': [
		'rejected',
		wrongNumber('The number is wrong or not in service', 'Check the number.'),
	],
	'INVALID SOURCE ADDRESS': [
		'rejected',
		wrongSender(
			'The operator does not accept this sender name',
			'Register it in your AlphaSMS account, or choose another one.',
		),
	],
	'NO ROUTE': [
		'rejected',
		noRoute('There is no route to the operator of this number', 'Contact this person another way.'),
	],
	DELETED: ['cancelled', null],
};

/** Words that nobody has documented, and UNKNOWN itself, tell nothing. */
export function statusOfWord(word: string): StatusMeaning {
	return entryOf(WORDS, word.slice(0, 60).trim().toUpperCase()) ?? ['unknown', null];
}

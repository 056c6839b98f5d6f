/**
 * Each gateway's own true reply, from its simulator and over a socket, with every key and value removed and changed in
 * turn, its rows doubled, contradicted and turned round, and cut off at every character. Whatever comes: one outcome for
 * each text, nothing thrown, no text that was taken told as refused, none accepted whose sign of it is gone, and nobody
 * with another's message ID.
 */
import { gateways, type GatewayId } from '../../nodes/SendSms/gateways';
import type { Batch, Message } from '../../nodes/shared/contract/message';
import type { Sender } from '../../nodes/shared/contract/sender';
import type { GatewayReply } from '../../nodes/shared/contract/request';
import type { Outcome } from '../../nodes/shared/contract/outcome';
import { parseJson } from '../../nodes/shared/contract/json';
import { startSimulator } from '../../simulators/server';
import type { Simulator } from '../../simulators/simulator';
import { facts, senderOf } from '../facts';
import type { Sign } from '../facts/facts';
import type { Change, Path } from '../support/changes';
import { STRANGE_VALUES, changedAt, changesOf, changesOfText, edited, valueAt } from '../support/changes';
import { batch, message } from '../support/messages';
import { askOverWire } from '../support/wire';
import type { Subject } from './subjects';
import { subjects } from './subjects';

const STYLES = ['alone', 'sameText', 'differentTexts'] as const;

interface Case {
	readonly name: string;
	readonly subject: Subject;
	readonly sender: Sender;
	readonly batch: Batch;
	readonly isJson: boolean;
}

const cases: readonly Case[] = subjects.flatMap((subject) => {
	const way = subject.credentials?.authentication ?? 'apiKey';
	const { texts, textsFor } = gateways[subject.gateway];
	const sender = textsFor?.(way) ?? texts;
	const from = senderOf(subject.gateway);
	const { layouts = [{ options: {}, json: true }] } = facts[subject.gateway].replies;
	return layouts.flatMap(({ options, json }) =>
		STYLES.flatMap((style): Case[] => {
			const messages = [0, 1, 2].map((n) => {
				const text = style === 'differentTexts' ? `Hello ${n}` : 'Hello';
				return message(sender, { to: subject.number(n), from, text, options: { ...options } });
			}) as [Message, Message, Message];
			// What would be refused here is never sent, and has no reply.
			if (sender.checkMessage(messages[0]) !== null) return [];
			const limits = sender.batchLimits(messages[0].options, null);
			if (style === 'sameText' && limits.sameText < 3) return [];
			const mayDiffer = limits.differentTexts >= 3 && sender.differentTextsKey(messages[0]) !== null;
			if (style === 'differentTexts' && !mayDiffer) return [];
			const together = style === 'alone' ? batch('sameText', messages[0]) : batch(style, ...messages);
			const name = `${subject.name} ${JSON.stringify(options)}, ${style}`;
			return [{ name, subject, sender, batch: together, isJson: json && subject.speaksJson }];
		}),
	);
});

/** The part of a path behind the list of rows; null where it does not go there. */
function withinRows(path: Path, gateway: GatewayId): Path | null {
	const rows = facts[gateway].replies.rows.split('.');
	return rows.every((key, index) => path[index] === key) ? path.slice(rows.length) : null;
}

/** Which of our texts a place speaks of; all, where it stands outside the rows. */
function concerned(path: Path, { subject: { gateway }, batch: { messages } }: Case): readonly number[] {
	const [row] = withinRows(path, gateway) ?? [];
	const all = messages.map((_, index) => index);
	if (row === undefined) return all;
	if (typeof row === 'number') return [row];
	return all.filter((index) => row.includes(messages[index]?.digits ?? '?'));
}

const signAt = (path: Path, { gateway }: Subject): Sign | undefined => {
	const { rows, signs } = facts[gateway].replies;
	const rest = withinRows(path, gateway) ?? [];
	const place = rest.length > 0 ? [rows, '*', ...rest.slice(1)] : path;
	return signs.find(([sign]) => sign === place.join('.'))?.[1];
};

const isIdLike = (value: unknown): boolean =>
	(typeof value === 'string' && value !== '') || typeof value === 'number';

describe.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
	const { subject, sender, batch: sent } = one;
	const known = facts[subject.gateway].replies;
	let simulator: Simulator;
	let truth: GatewayReply;
	let outcomes: readonly Outcome[];

	beforeAll(async () => {
		simulator = await startSimulator(subject.simulation());
		const credential = { ...simulator.credentials, ...subject.credentials };
		truth = await askOverWire(sender.build(sent), subject.credentialType, credential);
		outcomes = sender.read(truth, sent) ?? [];
	});
	afterAll(async () => await simulator.close());

	const replyOf = (text: string): GatewayReply => ({ ...truth, text, json: parseJson(text) });
	const idOf = (outcome: Outcome | undefined): string | null =>
		outcome?.accepted === true ? outcome.messageId : null;

	/** What holds for every reply there is; the findings of all changes are told together. */
	function read(text: string, name: string, found: string[]): readonly Outcome[] | null {
		let seen: readonly Outcome[] | null = null;
		try {
			seen = sender.read(replyOf(text), sent);
		} catch (error) {
			found.push(`${name}: throws ${String(error)}`);
			return null;
		}
		if (seen === null) return null;
		if (seen.length !== sent.messages.length) found.push(`${name}: ${seen.length} outcomes`);
		seen.forEach((outcome, index) => {
			const id = idOf(outcome);
			const others = outcomes.filter((_, at) => at !== index).map(idOf);
			if (id !== null && id !== idOf(outcomes[index]) && others.includes(id))
				found.push(`${name}: text ${index} has the ID of another`);
			if (outcome.accepted === false) found.push(`${name}: text ${index} was taken, and is told as refused`);
		});
		return seen;
	}

	const json = (): unknown => JSON.parse(truth.text) as unknown;
	const rowsAt = known.rows.split('.');
	const rowsOf = (): object => {
		const rows = valueAt(json(), rowsAt);
		if (typeof rows !== 'object' || rows === null) throw new Error('This reply has no rows');
		return rows;
	};

	it('is accepted as it came: without that, the rest would show nothing', () => {
		expect(simulator.texts).toHaveLength(sent.messages.length);
		expect(outcomes.map(({ accepted }) => accepted)).toEqual(sent.messages.map(() => true));
		expect(outcomes.map(idOf)).toEqual(simulator.texts.map(({ messageId }) => messageId));
		expect(/^\s*[[{]/.test(truth.text)).toBe(one.isJson);
	});

	if (one.isJson) {
		it('with every key and value removed and changed in turn', () => {
			const found: string[] = [];
			const tried = new Set<Sign>();
			const judge = ({ name, how, path, value, json: changed }: Change): void => {
				const sign = signAt(path, subject);
				const isGone =
					(sign === 'only this' && how !== 'rows') ||
					(sign === 'id' && !(how === 'changed' && isIdLike(value))) ||
					(sign === 'number' && how === 'changed' && /^-?\d+$/.test(String(value)));
				if (isGone && sign !== undefined) tried.add(sign);
				const seen = read(JSON.stringify(changed), name, found);
				if (seen === null || how === 'rows') return;
				const hit = concerned(path, one);
				for (const index of isGone ? hit : [])
					if (seen[index]?.accepted === true) found.push(`${name}: text ${index} is told as accepted`);
				// What stands in one row says nothing of the others.
				seen.forEach((outcome, index) => {
					if (hit.includes(index) || (how === 'removed' && path.length <= rowsAt.length + 1)) return;
					if (outcome.accepted !== true || idOf(outcome) !== idOf(outcomes[index]))
						found.push(`${name}: text ${index} was not touched, and is told otherwise`);
				});
			};
			let count = 0;
			for (const change of changesOf(json())) {
				count++;
				judge(change);
			}
			expect(count).toBeGreaterThan(STRANGE_VALUES.length * 2);
			expect([...tried].sort()).toEqual([...new Set(known.signs.map(([, sign]) => sign))].sort());
			expect(found).toEqual([]);
		});

		if (sent.messages.length > 1)
			it('with a row gone, that text alone is unclear', () => {
				const rows = rowsOf();
				for (const [index, key] of Object.keys(rows).entries()) {
					const changed = edited(json(), [...rowsAt, Array.isArray(rows) ? index : key], (container, at) => {
						if (Array.isArray(container)) container.splice(Number(at), 1);
						else delete container[at];
					});
					const told = sender.read(replyOf(JSON.stringify(changed)), sent)?.map(({ accepted }) => accepted);
					expect(told).toEqual(sent.messages.map((__, at) => (at === index ? null : true)));
				}
			});

		it('with a second row that says the contrary, before or behind: unclear, and nobody else is touched', () => {
			const rows = rowsOf();
			const found: string[] = [];
			const entries = Object.entries(rows as Record<string, object>);
			for (const [index, [key, row]] of entries.entries()) {
				const contrary = { ...row, ...known.refusal };
				const both = Array.isArray(rows)
					? [
							[contrary, ...(rows as object[])],
							[...(rows as object[]), contrary],
						]
					: // A map has the number twice when it is spelled in two ways.
						[
							Object.fromEntries([[`+${key}`, contrary], ...entries]),
							Object.fromEntries([...entries, [`+${key}`, contrary]]),
						];
				for (const [at, changed] of both.entries()) {
					const name = `${at === 0 ? 'before' : 'behind'} row ${index}`;
					const seen = read(JSON.stringify(changedAt(json(), rowsAt, changed)), name, found);
					const told = seen?.map(({ accepted }) => accepted);
					const right = sent.messages.map((__, text) => (text === index ? null : true));
					if (JSON.stringify(told) !== JSON.stringify(right)) found.push(`${name}: ${JSON.stringify(told)}`);
				}
			}
			expect(found).toEqual([]);
		});

		if (sent.messages.length > 1)
			it('with the row of one under the number of another: nobody gets the ID of another', () => {
				const rows = rowsOf();
				const numbers = known.signs.filter(([, sign]) => sign === 'number');
				const found: string[] = [];
				if (Array.isArray(rows)) {
					for (const [sign] of numbers) {
						const path = (row: number): Path => sign.split('.').map((key) => (key === '*' ? row : key));
						const [first, second] = [valueAt(json(), path(0)), valueAt(json(), path(1))];
						expect(first).not.toEqual(second);
						read(JSON.stringify(changedAt(json(), path(0), second)), `${sign} of 1 at 0`, found);
						read(JSON.stringify(changedAt(json(), path(1), first)), `${sign} of 0 at 1`, found);
					}
				} else {
					const [[, own] = [], [other] = []] = Object.entries(rows);
					for (const changed of [
						{ [`+${other}`]: own, ...rows },
						{ ...rows, [`+${other}`]: own },
					])
						read(JSON.stringify(changedAt(json(), rowsAt, changed)), `a second +${String(other)}`, found);
				}
				expect(found).toEqual([]);
			});

		it('with a sign of failure beside that of success: not accepted', () => {
			const { whole, row } = known.failure;
			const told: Array<readonly [string, boolean | null | undefined]> = [];
			const tell = (name: string, changed: unknown, index: number): void => {
				const seen = sender.read(replyOf(JSON.stringify(changed)), sent);
				told.push([name, seen === null ? null : seen[index]?.accepted]);
			};
			if (whole !== undefined) tell('whole', { ...(json() as object), ...whole }, 0);
			if (row !== undefined) {
				const rows = rowsOf();
				const [key] = Object.keys(rows);
				const path: Path = [...rowsAt, Array.isArray(rows) ? 0 : String(key)];
				const old = valueAt(json(), path);
				tell('row', changedAt(json(), path, { ...(old as object), ...row }), 0);
			}
			expect(told.length).toBeGreaterThan(0);
			for (const [name, accepted] of told) expect([name, accepted]).not.toEqual([name, true]);
		});
	}

	it('cut off at every character, and with every word and line changed', () => {
		const found: string[] = [];
		let count = 0;
		for (const { name, how, text } of changesOfText(truth.text)) {
			// JSON is changed by its structure above; here it is cut off.
			if (one.isJson && how !== 'cut') continue;
			count++;
			const seen = read(text, name, found);
			if (how === 'cut' && one.isJson) {
				if (seen !== null) found.push(`${name}: read as if it were whole`);
				continue;
			}
			seen?.forEach((outcome, index) => {
				const id = idOf(outcome);
				if (id === null || id === idOf(outcomes[index])) return;
				// A changed word may be another id; half of one is the id of somebody else's text.
				if (how === 'cut' || !text.includes(id)) found.push(`${name}: text ${index} has the ID ${id}`);
			});
		}
		expect(count).toBeGreaterThan(5);
		expect(found).toEqual([]);
	});
});

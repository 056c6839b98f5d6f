/** A question on its way through n8n's database, and what is read of an answer. */
import * as fc from 'fast-check';
import { Workflow } from 'n8n-workflow';
import { LONGEST_ANSWER, readAnswer } from '../../../../nodes/shared/answer/answer';
import type { PendingQuestion } from '../../../../nodes/shared/answer/pendingQuestion';
import {
	nodeContextOf,
	expressionFor,
	isLinkOf,
	linkParameters,
	readPendingQuestion,
} from '../../../../nodes/shared/answer/pendingQuestion';
import { claim } from '../../../../nodes/shared/answer/claims';

const questions: fc.Arbitrary<PendingQuestion['question']> = fc.oneof(
	fc.record({
		kind: fc.constant('approval' as const),
		approve: fc.fullUnicodeString(),
		decline: fc.option(fc.fullUnicodeString()),
	}),
	fc.record({ kind: fc.constant('freeText' as const), submit: fc.fullUnicodeString() }),
);
const asked: fc.Arbitrary<PendingQuestion> = fc.record({
	question: questions,
	message: fc.fullUnicodeString(),
	language: fc.constantFrom('en' as const, 'ru' as const, 'uk' as const),
	run: fc.nat(),
	deadline: fc.option(fc.nat()),
	to: fc.string(),
	gateway: fc.string(),
	messageId: fc.option(fc.string()),
});

it('comes back as it was kept', () => {
	fc.assert(
		fc.property(asked, (one) => {
			const { question, ...context } = nodeContextOf(one);
			expect(readPendingQuestion(question)).toEqual(one);
			expect(context).toEqual({ to: one.to, gateway: one.gateway, messageId: one.messageId });
		}),
	);
});

it('is not read of anything else', () => {
	fc.assert(fc.property(fc.anything(), (value) => expect(readPendingQuestion(value)).toBeNull()));
	fc.assert(fc.property(fc.json(), (text) => expect(readPendingQuestion(text)).toBeNull()));
	fc.assert(
		fc.property(asked, fc.nat(7), fc.constantFrom('missing', {}, [], undefined), (one, which, wrong) => {
			const keys = Object.keys(one);
			const key = keys[which % keys.length] ?? '';
			const isText = ['message', 'to', 'gateway', 'messageId'].includes(key);
			const changed = { ...one, [key]: isText && wrong === 'missing' ? 7 : wrong };
			expect(readPendingQuestion(JSON.stringify(changed))).toBeNull();
		}),
	);
});

describe("n8n's expression for the context", () => {
	/** As n8n evaluates it, without an engine around. */
	const evaluated = (name: string): unknown => {
		const node = {
			id: 'n',
			name,
			type: 'x',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
		};
		const workflow = new Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: {
				getByName: () => ({}) as never,
				getByNameAndVersion: () => ({ description: { properties: [] } }) as never,
				getKnownTypes: () => ({}),
			},
		});
		const run = {
			version: 1 as const,
			resultData: { runData: {} },
			executionData: {
				contextData: { [`node:${name}`]: { question: `of ${name}` } },
				nodeExecutionStack: [],
				metadata: {},
				waitingExecution: {},
				waitingExecutionSource: {},
			},
		};
		return workflow.expression.resolveSimpleParameterValue(
			`=${expressionFor(name)}`,
			{},
			run as never,
			0,
			0,
			name,
			[],
			'manual',
			{},
		);
	};

	it.each(['SMS', 'Ask }} {{ "them"', "It's \\ new\nline", '{{ $json.x }}', 'Спросить 🎁'])(
		'of %s',
		(name) => {
			expect(evaluated(name)).toBe(`of ${name}`);
		},
	);
});

it('a link belongs to one run of its node', () => {
	const of = (run: number) => ({ run }) as PendingQuestion;
	expect(linkParameters(0)).toEqual({});
	for (const run of [0, 1, 12]) {
		expect(isLinkOf(of(run), linkParameters(run))).toBe(true);
		expect(isLinkOf(of(run), linkParameters(run + 1))).toBe(false);
		expect(isLinkOf(of(run + 1), linkParameters(run))).toBe(false);
	}
	expect(isLinkOf(of(0), { q: ['0', '1'] })).toBe(false);
});

describe('an answer', () => {
	const both = { kind: 'approval', approve: 'Yes', decline: 'No' } as const;
	const one = { ...both, decline: null };
	const text = { kind: 'freeText', submit: 'Send' } as const;

	it('is one of the buttons that the page has', () => {
		expect(readAnswer({ answer: 'approve' }, both)).toEqual({ approved: true });
		expect(readAnswer({ answer: 'decline' }, both)).toEqual({ approved: false });
		expect(readAnswer({ answer: 'decline' }, one)).toBeNull();
		for (const value of ['', 'Yes', 'APPROVE', 'true', ['approve'], true, null])
			expect(readAnswer({ answer: value }, both)).toBeNull();
	});

	it('is a text with something in it', () => {
		expect(readAnswer({ answer: ' a\r\nb\rc ' }, text)).toEqual({ text: 'a\nb\nc' });
		expect(readAnswer({ answer: ' \r\n ' }, text)).toBeNull();
		expect(readAnswer({ answer: 'x'.repeat(LONGEST_ANSWER + 1) }, text)).toEqual({
			text: 'x'.repeat(LONGEST_ANSWER),
		});
	});

	it('is read of any body without a throw', () => {
		fc.assert(
			fc.property(fc.anything(), questions, (body, question) => {
				expect(readAnswer(body, question)).toBeNull();
			}),
		);
	});
});

it('a question is claimed once, and is free again after a minute, should n8n not have taken the answer', () => {
	expect(claim('a', 1_000)).toBe(true);
	expect(claim('a', 1_001)).toBe(false);
	expect(claim('b', 30_000)).toBe(true);
	expect(claim('a', 60_999)).toBe(false);
	expect(claim('a', 61_000)).toBe(true);
	expect(claim('b', 61_000)).toBe(false);
});

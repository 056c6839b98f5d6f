/**
 * A call of the link in a text. n8n has checked its signature by now, and whether the execution still waits: to what is
 * answered or over, n8n mostly replies itself.
 */
import { randomBytes } from 'node:crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { clock } from '../time/clock';
import type { Answer } from './answer';
import { answerJson, answerShown, readAnswer } from './answer';
import type { PendingQuestion } from './pendingQuestion';
import { expressionFor, isLinkOf, readPendingQuestion } from './pendingQuestion';
import { claim } from './claims';
import { noticePage, questionPage, thanksPage } from './page';
import type { Language } from './words';

/** Shows the question; answers it for a POST alone, so that whoever only looks at a link answers nothing. */
export async function receiveAnswer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	let language: Language = 'en';
	try {
		const pending = readPendingQuestion(context.evaluateExpression(expressionFor(context.getNode().name)));
		if (pending === null) return show(context, 404, (nonce) => noticePage('gone', language, nonce));
		language = pending.language;
		return respond(context, pending);
	} catch {
		// n8n would end the execution that waits, and nobody could answer any more.
		return show(context, 500, (nonce) => noticePage('failed', language, nonce));
	}
}

function respond(context: IWebhookFunctions, pending: PendingQuestion): IWebhookResponseData {
	const { language, deadline, question } = pending;
	const now = clock.now();
	if (!isLinkOf(pending, queryOf(context))) {
		return show(context, 410, (nonce) => noticePage('answered', language, nonce));
	}
	if (deadline !== null && now >= deadline) {
		return show(context, 410, (nonce) => noticePage('expired', language, nonce));
	}
	if (context.getRequestObject().method !== 'POST') {
		return show(context, 200, (nonce) => questionPage(pending, nonce));
	}
	const answer = readAnswer(context.getBodyData(), question);
	if (answer === null) return show(context, 422, (nonce) => questionPage(pending, nonce, true));
	if (!claim(JSON.stringify([context.getExecutionId(), context.getNode().id, pending.run]), now)) {
		return show(context, 409, (nonce) => noticePage('answered', language, nonce));
	}
	return resume(context, pending, answer, now);
}

function queryOf(context: IWebhookFunctions): Readonly<Record<string, unknown>> {
	return (context.getQueryData() ?? {}) as Readonly<Record<string, unknown>>;
}

/** n8n sends the page when the execution goes on, and says so where it does not. */
function resume(
	context: IWebhookFunctions,
	pending: PendingQuestion,
	answer: Answer,
	now: number,
): IWebhookResponseData {
	prepare(context);
	const json = answerJson(pending, answer, now) as IDataObject;
	return {
		webhookResponse: thanksPage(pending, answerShown(answer, pending.question)),
		workflowData: [[{ json, pairedItem: { item: 0 } }]],
	};
}

/** A page behind which n8n goes on waiting. */
function show(
	context: IWebhookFunctions,
	status: number,
	page: (nonce: string) => string,
): IWebhookResponseData {
	const nonce = randomBytes(12).toString('base64');
	const response = prepare(context);
	// Old browsers know no nonce; to others it takes the place of 'unsafe-inline'.
	const own = `'unsafe-inline' 'nonce-${nonce}'`;
	response.setHeader(
		'Content-Security-Policy',
		`default-src 'none'; style-src ${own}; script-src ${own}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
	);
	response.status(status).end(page(nonce));
	return { noWebhookResponse: true };
}

/** The link is all that is needed to answer: it must not get into caches, search engines or other sites. */
function prepare(context: IWebhookFunctions): ReturnType<IWebhookFunctions['getResponseObject']> {
	const response = context.getResponseObject();
	response.setHeader('Content-Type', 'text/html; charset=utf-8');
	response.setHeader('Cache-Control', 'no-store');
	response.setHeader('Referrer-Policy', 'no-referrer');
	response.setHeader('X-Content-Type-Options', 'nosniff');
	response.setHeader('X-Robots-Tag', 'noindex');
	return response;
}

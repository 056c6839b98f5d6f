/** The page behind the link of Send and Wait for Response, in a browser as wide as a phone. No n8n is needed for it. */
import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { IWebhookFunctions } from 'n8n-workflow';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { PendingQuestion } from '../../../nodes/shared/answer/pendingQuestion';
import { nodeContextOf } from '../../../nodes/shared/answer/pendingQuestion';
import { receiveAnswer } from '../../../nodes/shared/answer/receive';
import { pendingQuestion } from '../../support/pendingQuestion';
import { launchBrowser } from './chromium';

const SHOTS = path.join(__dirname, '..', '..', '..', '.local', 'browser', 'answer-page');

const BUTTONS = pendingQuestion({
	question: { kind: 'approval', approve: 'Ship it', decline: 'Wait for the money' },
	message: `Order A-1024 of Ivan for 48 000 RUB. Ship it?\n\n${'without-a-break'.repeat(8)}`,
});
const TEXT: PendingQuestion = {
	...BUTTONS,
	question: { kind: 'freeText', submit: 'Отправить' },
	message: 'Когда Вам удобно?',
	language: 'ru',
};
const PAGES: Readonly<Record<string, PendingQuestion>> = {
	buttons: BUTTONS,
	text: TEXT,
	expired: { ...BUTTONS, deadline: 1 },
};

/** Bodies of the answers, in order. */
const posts: string[] = [];
let calls = 0;

/** As n8n would call it, with answers that take a second. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const asked = PAGES[(request.url ?? '').slice(1)];
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
	if (asked === undefined) {
		response.writeHead(404).end();
		return;
	}
	const body = Buffer.concat(chunks).toString('utf8');
	const execution = `browser ${++calls}`;
	const context = {
		evaluateExpression: () => nodeContextOf(asked).question,
		getNode: () => ({ id: 'n', name: 'SMS' }),
		getExecutionId: () => execution,
		getQueryData: () => ({}),
		getBodyData: () => Object.fromEntries(new URLSearchParams(body)),
		getRequestObject: () => request,
		getResponseObject: () =>
			Object.assign(response, {
				status(code: number) {
					response.statusCode = code;
					return response;
				},
			}),
	} as unknown as IWebhookFunctions;
	const { webhookResponse } = await receiveAnswer(context);
	if (request.method === 'POST') posts.push(body);
	if (webhookResponse === undefined) return;
	await new Promise((resolve) => setTimeout(resolve, 1000));
	response.end(webhookResponse);
}

const server = createServer((request, response) => {
	serve(request, response).catch(() => response.destroy());
});
let browser: Browser;
let address: string;

beforeAll(async () => {
	mkdirSync(SHOTS, { recursive: true });
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	browser = await launchBrowser((line) => process.stderr.write(`${line}\n`));
});
afterAll(async () => {
	await browser?.close();
	await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
	posts.length = 0;
});

/** What the page asked for beside itself. */
let elsewhere: string[] = [];

async function visit<T>(options: BrowserContextOptions, look: (page: Page) => Promise<T>): Promise<T> {
	const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...options });
	try {
		const page = await context.newPage();
		elsewhere = [];
		page.on('request', (request) => {
			const url = request.url();
			if (!Object.keys(PAGES).some((name) => url === `${address}/${name}`)) elsewhere.push(url);
		});
		return await look(page);
	} finally {
		await context.close();
	}
}

/** The contrast of each element's words with what is behind them, as WCAG counts it. */
const CONTRASTS = `(() => {
	const light = (color) => {
		const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map((one) => {
			const part = one / 255;
			return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const behind = (element) => {
		const color = getComputedStyle(element).backgroundColor;
		return color === 'rgba(0, 0, 0, 0)' ? behind(element.parentElement) : color;
	};
	return [...document.querySelectorAll('p, button, textarea')].map((element) => {
		const [low, high] = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => a - b);
		return (high + 0.05) / (low + 0.05);
	});
})()`;

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
	it.each(Object.keys(PAGES))('%s: all of it is seen and can be read on a phone', async (name) => {
		await visit({ colorScheme }, async (page) => {
			await page.goto(`${address}/${name}`);
			await page.screenshot({ path: path.join(SHOTS, `${name}-${colorScheme}.png`) });
			expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
			const contrasts = (await page.evaluate(CONTRASTS)) as number[];
			expect(contrasts.length).toBeGreaterThan(0);
			expect(Math.min(...contrasts)).toBeGreaterThan(4.5);
			const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
			expect(background).toBe(colorScheme === 'dark' ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)');
			expect(elsewhere.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([]);
		});
	});
});

it('a press shows the answer, and the second of two presses does nothing', async () => {
	const given = await visit({}, async (page) => {
		await page.goto(`${address}/buttons`);
		await page.evaluate(
			`(() => { const [yes, no] = document.querySelectorAll('button'); no.click(); yes.click(); setTimeout(() => yes.click(), 200); })()`,
		);
		await page.waitForSelector('.given');
		await page.screenshot({ path: path.join(SHOTS, 'thanks.png') });
		return await page.textContent('.given');
	});
	expect([given, posts]).toEqual(['Wait for the money', ['answer=decline']]);
});

it('whoever goes back may answer after all', async () => {
	await visit({}, async (page) => {
		await page.goto(`${address}/text`);
		await page.fill('textarea', 'Завтра');
		await page.click('button');
		await page.waitForSelector('.given');
		await page.goBack();
		await page.fill('textarea', 'Сегодня');
		await page.click('button');
		await page.waitForSelector('.given');
		expect(await page.textContent('.given')).toBe('Сегодня');
	});
	expect(posts).toHaveLength(2);
});

it('works without JavaScript', async () => {
	const given = await visit({ javaScriptEnabled: false }, async (page) => {
		await page.goto(`${address}/buttons`);
		await page.click('button >> nth=0');
		return await page.textContent('.given');
	});
	expect([given, posts]).toEqual(['Ship it', ['answer=approve']]);
});

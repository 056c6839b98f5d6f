/** Fills in n8n's forms over HTTP, as the browser of a visitor does. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8n } from '../n8n';

const PAGE_PATIENCE_MS = 30_000;
const PAGE_POLL_MS = 100;
const REQUEST_TIMEOUT_MS = 30_000;

export interface FormPage {
	/** What the visitor reads first. */
	readonly title: string;
	readonly text: string;
	/** Labels of the fields; none on the last page. */
	readonly labels: readonly string[];
}

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	'#x27': "'",
	'#39': "'",
	'#x3D': '=',
	'#x60': '`',
};

const plain = (html: string): string =>
	html
		.replace(/<[^>]*>/g, '')
		.replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
		.replace(/\s+/g, ' ')
		.trim();

function readPage(html: string): FormPage {
	const body = /<body[\s\S]*?<\/body>/.exec(html)?.[0].replace(/<script[\s\S]*?<\/script>/g, '') ?? '';
	const first = (pattern: RegExp): string => plain(pattern.exec(body)?.[1] ?? '');
	return {
		title: first(/<h1[^>]*>([\s\S]*?)<\/h1>/),
		text: first(/<p[^>]*>([\s\S]*?)<\/p>/),
		labels: [...body.matchAll(/<label[^>]*for=['"]field-\d+['"][^>]*>([\s\S]*?)<\/label>/g)].map((label) =>
			plain(label[1] ?? ''),
		),
	};
}

async function request(url: URL, init: RequestInit = {}): Promise<string> {
	const response = await fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
	const text = await response.text();
	if (response.ok) return text;
	throw new Error(`n8n answered ${init.method ?? 'GET'} ${url.pathname} with HTTP ${response.status}: ${text}`);
}

/** One visitor at one form. */
export class FormVisit {
	private waiting: URL | null = null;

	private constructor(
		private readonly start: URL,
		/** The page that the visitor sees now. */
		public page: FormPage,
	) {}

	/** Opens the form. A workflow that was just published may need a moment until its form is there. */
	static async open(n8n: N8n, path: string): Promise<FormVisit> {
		const url = new URL(`/form/${path}`, n8n.url);
		const deadline = Date.now() + PAGE_PATIENCE_MS;
		for (;;) {
			const response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
			const html = await response.text();
			if (response.ok) return new FormVisit(url, readPage(html));
			if (response.status !== 404 || Date.now() > deadline)
				throw new Error(`The form ${url.pathname} answered HTTP ${response.status}`);
			await sleep(PAGE_POLL_MS);
		}
	}

	/** The run that this visit is, once something was sent. */
	get executionId(): string {
		const id = this.waiting?.pathname.split('/').at(-1);
		if (id === undefined) throw new Error('Nothing was sent yet');
		return id;
	}

	/** Sends the values, in the order of the fields, and goes to the page that follows. */
	async send(...values: readonly string[]): Promise<FormPage> {
		const form = new FormData();
		values.forEach((value, index) => form.append(`field-${index}`, value));
		const answer = await request(this.waiting ?? this.start, { method: 'POST', body: form });
		if (this.waiting === null) {
			const { formWaitingUrl } = JSON.parse(answer) as { formWaitingUrl?: string };
			if (formWaitingUrl === undefined) throw new Error(`The form has no next page: ${answer}`);
			this.waiting = new URL(formWaitingUrl);
		}
		this.page = await this.nextPage(this.waiting);
		// The last page's script tells n8n that it was shown; with that the run ends.
		if (this.page.labels.length === 0) await request(this.waiting, { method: 'POST' });
		return this.page;
	}

	private async nextPage(waiting: URL): Promise<FormPage> {
		const status = new URL(waiting);
		status.pathname += '/n8n-execution-status';
		const deadline = Date.now() + PAGE_PATIENCE_MS;
		for (;;) {
			const said = (await request(status)).trim();
			if (said === 'form-waiting') return readPage(await request(waiting));
			if (!['new', 'running', 'waiting'].includes(said)) throw new Error(`The run of the form ended: ${said}`);
			if (Date.now() > deadline) throw new Error(`The form's next page did not come: ${said}`);
			await sleep(PAGE_POLL_MS);
		}
	}
}
